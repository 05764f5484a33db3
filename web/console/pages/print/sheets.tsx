import { useTranslation } from 'react-i18next'
import type { Print } from '#handbook/contract.ts'
import { localTime } from '#web/ui/local-time.ts'
import { exactly, shortDate } from '../../time.ts'
import { House } from '../households/house.tsx'
import './sheet.css'

type Props = { print: Print; now: string }

/** Households on one sheet; more would be too small to read in a stairwell. */
const onSheet = 8

/** The building as it is drawn on the screen, on paper lying on its side where it is wide. */
export function DrawnSheet({ print, now }: Props) {
  const { t } = useTranslation()
  const { building } = print
  return (
    <article className="sheet-a4">
      <h1>{t('prints.head', { place: building.place })}</h1>
      <p>{t('prints.headWhy')}</p>
      <House building={building} now={now} filter="all" open={undefined} onOpen={() => undefined} />
      <Footer print={print} />
    </article>
  )
}

/** A box for each household: who lives there, care, what to know, and room to write. */
export function HouseholdSheets({ print, now }: Props) {
  const { t } = useTranslation()
  const sheets = Array.from({ length: Math.ceil(print.households.length / onSheet) }, (_, index) =>
    print.households.slice(index * onSheet, (index + 1) * onSheet),
  )
  const year = localTime(now).year
  return sheets.map((homes, index) => (
    <article className="sheet-a4" key={homes[0]?.id ?? index}>
      <h1>{t('prints.homes', { place: print.building.place })}</h1>
      <div className="sheet-homes">
        {homes.map((one) => (
          <section className="sheet-home" key={one.id}>
            <h2>{t('care.door', { place: one.place, number: one.dwelling.number })}</h2>
            <p>
              {one.liaisons[0]
                ? t('handbook.liaison', { name: one.liaisons[0].name })
                : t('handbook.noLiaison')}
            </p>
            <dl>
              {one.members.map((member) => (
                <div key={member.id}>
                  <dt>{member.name}</dt>
                  <dd>
                    {[
                      member.birthYear !== null && t('handbook.age', { count: year - member.birthYear }),
                      t(`handbook.relation.${member.relation}`),
                      member.away && t(`handbook.away.${member.away.kind}`),
                      member.phone,
                    ]
                      .filter(Boolean)
                      .join(t('handbook.comma'))}
                  </dd>
                </div>
              ))}
            </dl>
            {one.care
              .filter(({ endedOn }) => endedOn === null)
              .map((care) => (
                <p key={care.id}>
                  {[
                    t(`care.kind.${care.kind}`),
                    care.plan,
                    t('care.reviewOn', { day: shortDate(t, `${care.reviewOn}T12:00:00+08:00`, now) }),
                  ]
                    .filter(Boolean)
                    .join(t('handbook.comma'))}
                </p>
              ))}
            {one.note && <p>{one.note}</p>}
            <div className="lines" />
          </section>
        ))}
      </div>
      <Footer print={print} page={index + 2} />
    </article>
  ))
}

/** Who printed it, when, what for, under which number it stands in the ledger. */
function Footer({ print, page = 1 }: { print: Print; page?: number }) {
  const { t } = useTranslation()
  return (
    <footer>
      {t('prints.footer', {
        name: print.by.name,
        organisation: print.by.organisation,
        at: exactly(t, print.at),
        reason: print.reason,
        id: print.id.slice(-12),
        page,
      })}
    </footer>
  )
}
