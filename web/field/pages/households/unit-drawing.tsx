import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Card } from '#web/ui/card.tsx'
import { Door } from '#web/ui/door.tsx'
import type { Household } from '../../kept/overlay.ts'
import type { Unit } from '../../kept/views.ts'
import { callHousehold, nameOf } from '../../parts/calling.ts'
import { HouseholdDoor } from '../../parts/household-door.tsx'
import { paths } from '../../paths.ts'

/** So many doors of one floor stand side by side before the drawing would have to be pushed sideways. */
const abreast = 6

/** One stairwell as it stands, the top floor on top. Doors of others are there, and nothing is told about them. */
export function UnitDrawing({ unit, households }: { unit: Unit; households: readonly Household[] }) {
  const { t } = useTranslation()
  const byDoor = new Map(households.map((one) => [one.door.id, one]))
  const floors = [...new Set(unit.doors.map(({ floor }) => floor))].toSorted((one, other) => other - one)
  const widest = Math.max(
    1,
    ...floors.map((floor) => unit.doors.filter((door) => door.floor === floor).length),
  )
  return (
    <section aria-label={unit.name}>
      <div className="sec">
        <h2>
          {nameOf(unit)} <b>{households.length}</b>
        </h2>
      </div>
      <Card className="unit">
        <ol>
          {floors.map((floor) => (
            <li key={floor}>
              <span className="storey">{t('households.floor', { floor })}</span>
              <ul className={widest > abreast ? 'many' : undefined}>
                {unit.doors
                  .filter((door) => door.floor === floor)
                  .map((door) => {
                    const household = byDoor.get(door.id)
                    return (
                      <li key={door.id}>
                        {household ? (
                          <Link href={paths.household(household.id)} className="at-door">
                            <HouseholdDoor household={household} />
                            <small>{callHousehold(t, household)}</small>
                          </Link>
                        ) : (
                          <span className="at-door other">
                            <Door number={door.number} says={t('households.other')} />
                          </span>
                        )}
                      </li>
                    )
                  })}
              </ul>
            </li>
          ))}
        </ol>
      </Card>
    </section>
  )
}
