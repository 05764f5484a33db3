import { Gift, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { readMe } from '#web/api/me.ts'
import { ownWishes, publicWishes } from '#web/api/wishes.ts'
import { Button } from '#web/ui/button.tsx'
import { Section } from '#web/ui/card.tsx'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useHome } from '../../home-place.ts'
import { useRemote } from '../../kept/remote.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { OwnWishCard } from './own-wish.tsx'
import { TellSheet } from './tell-sheet.tsx'
import { WishCard } from './wish-card.tsx'
import './wishes.css'

/** Wishes of the neighbourhood, without saying whose they are (R11): read by everybody, claimed by a proven phone. */
export function WishesPage() {
  const { t } = useTranslation()
  useTitle(t('wish.title'))
  const [, go] = useLocation()
  const home = useHome()
  const me = useRemote('me', readMe)
  const proven = me.value?.reporter?.proven === true || me.value?.kind === 'staff'
  const open = useRemote('wishes.open', (signal) => publicWishes({ open: true }, signal))
  const done = useRemote('wishes.done', (signal) => publicWishes({ open: false }, signal))
  const own = useRemote(proven ? 'wishes.own' : undefined, ownWishes)
  const [telling, setTelling] = useState(false)
  const again = () => void Promise.all([open.again(), done.again(), own.again()])
  const mine = own.value?.items ?? []
  const claimable = (open.value?.items ?? []).filter(({ id }) => !mine.some((one) => one.id === id))
  const tell = () => (proven ? setTelling(true) : go(paths.logIn(paths.wishes())))
  return (
    <Screen
      top={<Top title={t('wish.title')} onBack={() => go(paths.home())} />}
      bar={
        <Bar>
          <Button kind={telling ? 'plain' : 'primary'} wide icon={Plus} onClick={tell}>
            {t('wish.tell')}
          </Button>
        </Bar>
      }
    >
      <p className="lede">{t('wish.lede')}</p>
      {mine.length > 0 && (
        <Section title={t('wish.mine')}>
          {mine.map((wish) => (
            <OwnWishCard key={wish.id} wish={wish} onDone={again} />
          ))}
        </Section>
      )}
      {Boolean(open.error) && (
        <Failed what={t('wish.failed')} safe={t('safe')} onRetry={again} busy={open.busy} />
      )}
      {!open.value && open.busy && (
        <Loading>
          <RowBones rows={4} />
        </Loading>
      )}
      {open.value && claimable.length === 0 && <Empty title={t('wish.none')} why={t('wish.none_why')} />}
      {claimable.length > 0 && (
        <Section title={t('wish.open')}>
          {claimable.map((wish) => (
            <WishCard
              key={wish.id}
              wish={wish}
              onDone={again}
              onLogIn={proven ? undefined : () => go(paths.logIn(paths.wishes()))}
            />
          ))}
        </Section>
      )}
      {done.value && done.value.items.length > 0 && (
        <Section title={t('wish.done')}>
          {done.value.items.map((wish) => (
            <WishCard key={wish.id} wish={wish} onDone={again} />
          ))}
        </Section>
      )}
      <p className="wish-note">
        <Gift aria-hidden="true" size={16} />
        {t('wish.note')}
      </p>
      <TellSheet open={telling} home={home} onClose={() => setTelling(false)} onDone={again} />
    </Screen>
  )
}
