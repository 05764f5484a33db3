import { HeartHandshake } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { actOnWish, type PublicWish } from '#web/api/wishes.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { Coded } from '#web/ui/words.tsx'
import { WishTag } from '#web/ui/wish-tag.tsx'
import { wrongWords } from './wrong.ts'

/** One wish as everybody reads it; whoever can, claims it. */
export function WishCard({
  wish,
  onDone,
  onLogIn,
}: {
  wish: PublicWish
  onDone: () => void
  /** Where the phone has to be proven first. */
  onLogIn?: (() => void) | undefined
}) {
  const { t } = useTranslation()
  const tell = useToast()
  const [id] = useState(newId)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const claim = async () => {
    if (onLogIn) return onLogIn()
    setBusy(true)
    setWrong(undefined)
    try {
      await actOnWish(wish.id, { id, kind: 'claim' })
      tell(t('wish.claimed'))
      onDone()
    } catch (error) {
      setWrong(wrongWords(t, error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card pad className="wish">
      <h3>{wish.title}</h3>
      <p>{wish.words}</p>
      <p className="wish-facts">
        <Coded>
          {t('wish.facts', { kind: t(`wish.kind.${wish.kind}`), place: wish.place, code: wish.code })}
        </Coded>
      </p>
      {wish.state === 'published' ? (
        <Button icon={HeartHandshake} onClick={() => void claim()} busy={busy}>
          {t('wish.claim')}
        </Button>
      ) : (
        <WishTag state={wish.state}>
          {t(
            wish.state === 'claimed'
              ? `wish.claimed_by.${wish.claimedBy ?? 'person'}`
              : `wish.state.${wish.state}`,
          )}
        </WishTag>
      )}
      <p className="lost" role="alert" hidden={!wrong}>
        {wrong}
      </p>
    </Card>
  )
}
