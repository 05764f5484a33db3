import { Phone } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card as ContactCard, Here } from '#web/api/places.ts'
import { IconLink } from '#web/ui/button.tsx'
import { Card, Section } from '#web/ui/card.tsx'
import { Face, Seal } from '#web/ui/seal.tsx'
import { withoutRepeats } from '../../place-names.ts'
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

/** Everybody who serves a place: the liaison first. */
export function Everyone({ here }: { here: Here }) {
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
