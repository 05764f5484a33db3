import { Phone } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { type Card as ContactCard, type Here, whoServes } from '#web/api/places.ts'
import { Button, IconLink } from '#web/ui/button.tsx'
import { Card, Section } from '#web/ui/card.tsx'
import { Face, Seal } from '#web/ui/seal.tsx'
import { Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useHome } from '../../home-place.ts'
import { useRemote } from '../../kept/remote.ts'
import { changeSettings } from '../../kept/settings.ts'
import { paths } from '../../paths.ts'
import { inWords, withoutRepeats } from '../../place-names.ts'
import { useTitle } from '../../title.ts'
import { PlaceSheet } from '../say/place-sheet.tsx'
import './people.css'

function Row({
  mark,
  name,
  under,
  phone,
}: {
  mark: ReactNode
  name: string
  under: string
  phone: string | null
}) {
  const { t } = useTranslation()
  return (
    <li>
      {mark}
      <p className="grow">
        {name}
        {under && <small>{under}</small>}
      </p>
      {phone && <IconLink ring icon={Phone} label={t('call', { name })} href={`tel:${phone}`} />}
    </li>
  )
}

function Person({ who, duty }: { who: ContactCard; duty: string }) {
  const { t } = useTranslation()
  return (
    <Row
      mark={<Face name={who.name} />}
      name={who.name}
      under={[who.organisation, duty].filter(Boolean).join(t('comma'))}
      phone={who.phone}
    />
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Section title={title}>
      <Card>
        <ul className="rows people">{children}</ul>
      </Card>
    </Section>
  )
}

function Everyone({ here }: { here: Here }) {
  const { t } = useTranslation()
  const { liaisons, gridWorker, buildingHead, desk, propertyFirm } = here
  return (
    <>
      {liaisons.length > 0 && (
        <Group title={t('home.liaison')}>
          {liaisons.map((one) => (
            <Row
              key={one.name}
              mark={<Seal name={one.name} size="m" />}
              name={one.name}
              under={t('home.does', {
                organisation: one.organisation,
                covers: withoutRepeats(one.covers).join(t('list_comma')),
                count: one.doors,
              })}
              phone={one.phone}
            />
          ))}
          {liaisons.map(
            (one) =>
              one.backup && <Person key={one.backup.name} who={one.backup} duty={t('people.backup')} />,
          )}
        </Group>
      )}
      {desk && (
        <Group title={t('home.desk')}>
          <Row
            mark={<Face name={desk.organisation} />}
            name={desk.organisation}
            under={t('people.desk')}
            phone={desk.phone}
          />
          {desk.people.map((one) => (
            <Person key={one.name} who={one} duty="" />
          ))}
        </Group>
      )}
      {(gridWorker || buildingHead) && (
        <Group title={t('people.near')}>
          {gridWorker && <Person who={gridWorker} duty={t('people.grid_worker')} />}
          {buildingHead && <Person who={buildingHead} duty={t('people.building_head')} />}
        </Group>
      )}
      {propertyFirm && (
        <Group title={t('people.property_firm')}>
          <Row
            mark={<Face name={propertyFirm.name} />}
            name={propertyFirm.name}
            under={t('people.property_firm')}
            phone={propertyFirm.phone}
          />
          {propertyFirm.people.map((one) => (
            <Person key={one.name} who={one} duty="" />
          ))}
        </Group>
      )}
    </>
  )
}

/** Who serves here: my liaison and who stands in, the community's desk, who looks after the building. */
export function PeoplePage() {
  const { t } = useTranslation()
  useTitle(t('people.title'))
  const [, go] = useLocation()
  const home = useHome()
  const [choosing, setChoosing] = useState(false)
  const here = useRemote(home ? `here.${home.path}` : undefined, (signal) =>
    whoServes(home?.path ?? '', signal),
  )
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
          <p>{inWords(home)}</p>
          <Button kind="link" onClick={() => setChoosing(true)}>
            {t('change')}
          </Button>
        </div>
      )}
      {home && Boolean(here.error) && (
        <Failed what={t('home.failed')} safe={t('safe')} onRetry={() => void here.again()} busy={here.busy} />
      )}
      {home && !here.value && here.busy && (
        <Loading>
          <RowBones rows={5} />
        </Loading>
      )}
      {here.value && <Everyone here={here.value} />}
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
