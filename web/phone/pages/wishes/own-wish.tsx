import { Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { actOnWish, type OwnWish } from '#web/api/wishes.ts'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { WishTag } from '#web/ui/wish-tag.tsx'
import { Words } from '#web/ui/words.tsx'
import { wrongWords } from './wrong.ts'

type Said = 'fulfil' | 'give_back' | 'thank'

/** My wish, or one I said I would fulfil: how it stands, and what I may do. The desk brings the two together. */
export function OwnWishCard({ wish, onDone }: { wish: OwnWish; onDone: () => void }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [asking, setAsking] = useState<Said>()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const act = async (body: Parameters<typeof actOnWish>[1]) => {
    setBusy(true)
    setWrong(undefined)
    try {
      await actOnWish(wish.id, body)
      tell(t(`wish.after.${body.kind}`))
      setAsking(undefined)
      onDone()
    } catch (error) {
      setWrong(wrongWords(t, error))
    } finally {
      setBusy(false)
    }
  }
  const may = (kind: Said) => wish.may.includes(kind)
  return (
    <Card pad className="wish own">
      <h3>{wish.title ?? wish.words}</h3>
      <WishTag state={wish.state}>
        {t(wish.mine === 'told' ? `wish.told.${wish.state}` : `wish.state.${wish.state}`)}
      </WishTag>
      {wish.title && <p>{wish.words}</p>}
      {wish.reason && <p className="wish-facts">{t('wish.reason', { words: wish.reason })}</p>}
      {wish.done && <Words>{wish.done}</Words>}
      {wish.thanks && <Words>{wish.thanks}</Words>}
      {wish.mine === 'claimed' && wish.state === 'claimed' && <p className="wish-facts">{t('wish.how')}</p>}
      {wish.desk && wish.state === 'claimed' && wish.desk.phone && (
        <ButtonLink icon={Phone} href={`tel:${wish.desk.phone}`}>
          {t('wish.call', { name: wish.desk.name })}
        </ButtonLink>
      )}
      <div className="wish-does">
        {may('fulfil') && <Button onClick={() => setAsking('fulfil')}>{t('wish.fulfil')}</Button>}
        {may('thank') && <Button onClick={() => setAsking('thank')}>{t('wish.thank')}</Button>}
        {may('give_back') && (
          <Button kind="quiet" onClick={() => setAsking('give_back')}>
            {t('wish.give_back')}
          </Button>
        )}
        {wish.may.includes('withdraw') && (
          <Button kind="quiet" busy={busy} onClick={() => void act({ id: newId(), kind: 'withdraw' })}>
            {t('wish.withdraw')}
          </Button>
        )}
      </div>
      {!asking && (
        <p className="lost" role="alert" hidden={!wrong}>
          {wrong}
        </p>
      )}
      {asking && (
        <SaySheet
          key={asking}
          kind={asking}
          busy={busy}
          wrong={wrong}
          onClose={() => setAsking(undefined)}
          onSay={(words) => void act({ id: newId(), kind: asking, words })}
        />
      )}
    </Card>
  )
}

function SaySheet(props: {
  kind: Said
  busy: boolean
  wrong: string | undefined
  onClose: () => void
  onSay: (words: string) => void
}) {
  const { kind, busy, wrong, onClose, onSay } = props
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [missing, setMissing] = useState(false)
  const say = () => {
    setMissing(words.trim().length < 2)
    if (words.trim().length > 1) onSay(words.trim())
  }
  return (
    <Sheet
      title={t(`wish.${kind}`)}
      open
      onClose={onClose}
      footer={
        <Button wide busy={busy} onClick={say}>
          {t(`wish.send.${kind}`)}
        </Button>
      }
    >
      <TextArea
        label={t(`wish.ask.${kind}`)}
        hint={t('wish.ask_hint')}
        value={words}
        maxLength={kind === 'give_back' ? 300 : 500}
        error={missing && t('wish.missing')}
        onChange={(event) => setWords(event.target.value)}
      />
      <p className="lost" role="alert" hidden={!wrong}>
        {wrong}
      </p>
    </Sheet>
  )
}
