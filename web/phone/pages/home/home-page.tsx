import { ALargeSmall, ChevronDown, ChevronRight, Gift, Volume2, VolumeX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useLive } from '#web/api/live.ts'
import { whoServes } from '#web/api/places.ts'
import type { RequestSummary } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { Card, Section } from '#web/ui/card.tsx'
import { changeLanguage, language } from '#web/ui/i18n.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Mark } from '#web/ui/mark.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayDayOf } from '#web/ui/say-time.ts'
import { Screen } from '#web/ui/screen.tsx'
import { CardBones, Failed, Loading } from '#web/ui/states.tsx'
import { useHome } from '../../home-place.ts'
import { useRemote } from '../../kept/remote.ts'
import { changeSettings, useSettings } from '../../kept/settings.ts'
import { readMine, readMyNotices } from '../../mine.ts'
import { useNews } from '../../news.ts'
import { paths } from '../../paths.ts'
import { standing } from '../../story.ts'
import { useTitle } from '../../title.ts'
import { PlaceSheet } from '../say/place-sheet.tsx'
import { Bell, BellLine } from './bell.tsx'
import { Doors } from './doors.tsx'
import './home.css'
import { AskHome, MyLiaison, OnDuty } from './my-people.tsx'
import { useReadAloud } from './read-aloud.ts'
import { Waiting } from './waiting.tsx'

function News({ items }: { items: RequestSummary[] }) {
  const { t } = useTranslation()
  const now = useNow()
  const news = items.toSorted((a, b) => b.lastEntry.at.localeCompare(a.lastEntry.at)).slice(0, 2)
  if (news.length === 0) return null
  return (
    <Section
      title={t('home.news')}
      more={
        <Link href={paths.mine()}>
          {t('home.all')}
          <Icon of={ChevronRight} size="s" />
        </Link>
      }
    >
      <Card className="rows">
        {news.map((item) => (
          <Link key={item.id} href={paths.request(item.id)}>
            <time className="when" dateTime={item.lastEntry.at}>
              {sayDayOf(t, item.lastEntry.at, now)}
            </time>
            <p className="grow">
              <b>{item.title}</b>
              <small>{standing(t, item)}</small>
            </p>
          </Link>
        ))}
      </Card>
    </Section>
  )
}

/** Wishes of the neighbourhood: below what one came for, in one line. */
function ToWishes() {
  const { t } = useTranslation()
  return (
    <Link className="to-wishes card" href={paths.wishes()}>
      <Icon of={Gift} />
      <span className="grow">
        <b>{t('wish.title')}</b>
        <small>{t('wish.home')}</small>
      </span>
      <Icon of={ChevronRight} size="s" />
    </Link>
  )
}

function Foot() {
  const { t, i18n } = useTranslation()
  const { contrast } = useSettings()
  const other = language() === 'en' ? 'zh-CN' : 'en'
  return (
    <footer className="foot">
      <Link href={paths.looks()}>{t('looks.title')}</Link>
      <Link href={`${paths.say()}?about=product`}>{t('feedback')}</Link>
      <button type="button" aria-pressed={contrast} onClick={() => changeSettings({ contrast: !contrast })}>
        {t(contrast ? 'contrast_off' : 'contrast_on')}
      </button>
      <button type="button" lang={other} onClick={() => void changeLanguage(other)}>
        {i18n.getFixedT(null, 'phone')('other_language')}
      </button>
    </footer>
  )
}

/** The first page: who serves my door, the three doors, news on what I said, who is on duty now. */
export function HomePage() {
  const { t } = useTranslation()
  useTitle(t('product'))
  const { elder } = useSettings()
  const home = useHome()
  const [choosing, setChoosing] = useState(false)
  const here = useRemote(home ? `here.${home.path}` : undefined, (signal) =>
    whoServes(home?.path ?? '', signal),
  )
  const mine = useRemote('mine', readMine)
  const items = mine.value?.items ?? []
  const notices = useRemote(items.length > 0 ? 'notices' : undefined, readMyNotices)
  const live = useLive()
  const unread = live.unread ?? notices.value?.unread ?? 0
  useNews(items.length > 0, () => void mine.again())
  const waiting = items.filter((item) => item.state === 'answered' || item.asked).length
  const liaison = here.value?.liaisons[0]
  const aloud = useReadAloud(() =>
    [
      liaison && t('home.aloud_liaison', { name: liaison.name }),
      t('home.aloud_doors'),
      waiting > 0 && t('home.waiting_elder', { count: waiting }),
      here.value?.onDuty && t('home.duty_short', { name: here.value.onDuty.name }),
    ]
      .filter(Boolean)
      .join(t('home.aloud_stop')),
  )
  const choose = () => setChoosing(true)

  const top = elder ? (
    <header className="top elder-top">
      {aloud.able ? (
        <Button icon={aloud.speaking ? VolumeX : Volume2} onClick={aloud.toggle}>
          {t(aloud.speaking ? 'home.quiet' : 'home.aloud')}
        </Button>
      ) : (
        <span />
      )}
      <Button kind="quiet" onClick={() => changeSettings({ elder: false })}>
        {t('elder_off')}
      </Button>
    </header>
  ) : (
    <header className="top">
      <div className="brand">
        <Mark />
        {t('product')}
        {home && (
          <button
            type="button"
            onClick={choose}
            aria-label={t('home.change', { place: home.names.join('') })}
          >
            <span>{here.value?.community?.name ?? home.names[0]}</span>
            <Icon of={ChevronDown} size="s" />
          </button>
        )}
      </div>
      {items.length > 0 && <Bell unread={unread} />}
      <button
        type="button"
        className="mode"
        aria-label={t('elder_on')}
        onClick={() => changeSettings({ elder: true })}
      >
        <Icon of={ALargeSmall} />
        <span>{t('elder_on')}</span>
      </button>
    </header>
  )

  return (
    <Screen top={top}>
      <Waiting />
      {!home && <AskHome onChoose={choose} />}
      {home && here.value && <MyLiaison here={here.value} />}
      {home && !here.value && here.busy && (
        <Loading>
          <CardBones />
        </Loading>
      )}
      {home && Boolean(here.error) && (
        <Failed what={t('home.failed')} safe={t('safe')} onRetry={() => void here.again()} busy={here.busy} />
      )}
      <Doors waiting={waiting} />
      {elder ? (
        <div className="elder-lines">
          {unread > 0 && <BellLine unread={unread} />}
          {items[0] && (
            <Link href={paths.request(items[0].id)}>
              <span className="grow">{standing(t, items[0])}</span>
              <Icon of={ChevronRight} />
            </Link>
          )}
          {here.value?.onDuty && <OnDuty duty={here.value.onDuty} plain />}
        </div>
      ) : (
        <>
          <News items={items} />
          {here.value?.onDuty && (
            <Section title={t('home.duty')}>
              <OnDuty duty={here.value.onDuty} />
            </Section>
          )}
        </>
      )}
      <ToWishes />
      <Foot />
      <PlaceSheet
        title={t('place.home')}
        open={choosing}
        onClose={() => setChoosing(false)}
        onChoose={(place) => {
          changeSettings({ home: place })
          setChoosing(false)
        }}
      />
    </Screen>
  )
}
