import { Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { type Server, whoServes } from '#web/api/places.ts'
import { Button, IconLink } from '#web/ui/button.tsx'
import { Card, Section } from '#web/ui/card.tsx'
import { Face, Seal } from '#web/ui/seal.tsx'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useRemote } from '../../kept/remote.ts'
import { changeSettings, useSettings } from '../../kept/settings.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { PlaceSheet } from '../say/place-sheet.tsx'
import './people.css'

function Person({ who, sealed }: { who: Pick<Server, 'name' | 'phone' | 'organisation' | 'role'>; sealed?: boolean }) {
  const { t } = useTranslation()
  return (
    <li>
      {sealed ? <Seal name={who.name} size="m" /> : <Face name={who.name} />}
      <p className="grow">
        {who.name}
        <small>{[who.organisation, who.role].filter(Boolean).join(t('comma'))}</small>
      </p>
      {who.phone && <IconLink ring icon={Phone} label={t('call', { name: who.name })} href={`tel:${who.phone}`} />}
    </li>
  )
}

/** Who serves here: my liaison and who stands in, the community's desk, everybody with a post over my door. */
export function PeoplePage() {
  const { t } = useTranslation()
  useTitle(t('people.title'))
  const [, go] = useLocation()
  const { home } = useSettings()
  const [choosing, setChoosing] = useState(false)
  const here = useRemote(home ? `here.${home.path}` : undefined, (signal) => whoServes(home?.path ?? '', signal))
  const { liaison, desk, people } = here.value ?? {}
  return (
    <Screen top={<Top title={t('people.title')} onBack={() => go(paths.home())} />}>
      {!home && (
        <Empty title={t('home.ask')} why={t('home.ask_why')}>
          <Button kind="primary" wide onClick={() => setChoosing(true)}>
            {t('home.ask_do')}
          </Button>
        </Empty>
      )}
      {home && (
        <div className="here">
          <p>{here.value?.area.names.join('') ?? home.names.join('')}</p>
          <Button kind="link" onClick={() => setChoosing(true)}>
            {t('change')}
          </Button>
        </div>
      )}
      {home && Boolean(here.error) && <Failed what={t('home.failed')} safe={t('safe')} onRetry={() => void here.again()} busy={here.busy} />}
      {home && !here.value && here.busy && (
        <Loading>
          <RowBones rows={5} />
        </Loading>
      )}
      {liaison && (
        <Section title={t('home.liaison')}>
          <Card>
            <ul className="rows people">
              <Person who={{ ...liaison, role: liaison.duty }} sealed />
              {liaison.backup && <Person who={{ ...liaison.backup, role: t('people.backup') }} />}
            </ul>
          </Card>
        </Section>
      )}
      {desk && (
        <Section title={t('home.desk')}>
          <Card>
            <ul className="rows people">
              <Person who={{ name: desk.name, phone: desk.phone, organisation: t('people.desk'), role: '' }} />
            </ul>
          </Card>
        </Section>
      )}
      {people && people.length > 0 && (
        <Section title={t('people.others')}>
          <Card>
            <ul className="rows people">
              {people.map((who) => (
                <Person key={who.id} who={who} />
              ))}
            </ul>
          </Card>
        </Section>
      )}
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
