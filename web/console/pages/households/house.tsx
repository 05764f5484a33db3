import { Heart } from 'lucide-react'
import { Fragment, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BuildingView, Door } from '#handbook/contract.ts'
import { Icon } from '#web/ui/icon.tsx'
import { doorBeside, doorClass, doorName, doorWord, type Filter, fits, sheetOf } from './doors.ts'
import './house.css'

type Props = {
  building: BuildingView
  now: string
  filter: Filter
  /** The household whose pane is open. */
  open: string | undefined
  onOpen: (household: string) => void
}

/**
 * A building as it stands: floors and stairwells, each door with the colour and word of its last visit. One stop for the
 * Tab key; arrows go from door to door, Enter opens.
 */
export function House({ building, now, filter, open, onOpen }: Props) {
  const { t } = useTranslation()
  const { units } = building
  const { floors, columns, at } = sheetOf(units)
  const first = at.flat().find((door) => door?.household) ?? at.flat().find((door) => door !== null)
  const opened = at.flat().find((door) => open !== undefined && door?.household?.id === open)
  const [stop, setStop] = useState<string>()
  const current = stop ?? opened?.id ?? first?.id
  const house = useRef<HTMLDivElement>(null)

  function onKeyDown(event: KeyboardEvent) {
    const from = (event.target as HTMLElement).dataset['door']
    const door = from && doorBeside(at, from, event.key)
    if (!door) return
    event.preventDefault()
    setStop(door.id)
    house.current?.querySelector<HTMLElement>(`[data-door="${door.id}"]`)?.focus()
  }

  const starts = columns.map((_, index) => columns.slice(0, index).reduce((sum, count) => sum + count, 0))
  return (
    <div className="house-scroll">
      <div
        className={floors.length > 8 ? 'house tall' : 'house'}
        ref={house}
        role="group"
        aria-label={t('handbook.house', { name: building.name })}
        onKeyDown={onKeyDown}
      >
        <Roof units={units.length} />
        <div className="house-wall">
          <ol className="house-floors" aria-hidden="true">
            {floors.map((floor) => (
              <li key={floor}>{t('handbook.floor', { count: floor })}</li>
            ))}
            <li />
          </ol>
          {units.map((unit, index) => {
            const [start = 0, count = 1] = [starts[index], columns[index]]
            const left = Math.ceil(count / 2)
            return (
              <section className="house-unit" key={unit.path} aria-label={unit.name}>
                <div className={`house-doors of${count}`}>
                  {at.map((row, level) => (
                    <Fragment key={floors[level]}>
                      {row.slice(start, start + count).map((door, place) => (
                        <Fragment key={door?.id ?? `gap ${level} ${place}`}>
                          {place === left && <Stairs />}
                          <div className="house-cell">
                            {door && (
                              <DoorButton
                                door={door}
                                unit={unit.name}
                                now={now}
                                out={!fits(door, filter)}
                                chosen={open !== undefined && door.household?.id === open}
                                stop={door.id === current}
                                onOpen={() => {
                                  setStop(door.id)
                                  if (door.household) onOpen(door.household.id)
                                }}
                              />
                            )}
                          </div>
                        </Fragment>
                      ))}
                      {count === 1 && <Stairs />}
                    </Fragment>
                  ))}
                </div>
                <div className="house-entrance">
                  <p>
                    <b>{unit.name}</b>
                    {unit.liaisons.length > 0
                      ? unit.liaisons.map(({ name }) => name).join(t('story.listComma'))
                      : t('handbook.noLiaison')}
                  </p>
                  <span className="house-in" aria-hidden="true" />
                </div>
              </section>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function DoorButton(props: {
  door: Door
  unit: string
  now: string
  /** The filter leaves it out: it stands there, and says nothing. */
  out: boolean
  chosen: boolean
  stop: boolean
  onOpen: () => void
}) {
  const { door, unit, now, out, chosen, stop, onOpen } = props
  const { t } = useTranslation()
  const name = doorName(t, door)
  const word = doorWord(t, door, now)
  const care = door.household?.care === true && !out
  const plain = out || !door.reached
  const says = plain
    ? t('handbook.doorPlain', { unit, number: door.number })
    : t(care ? 'handbook.doorCare' : 'handbook.door', {
        unit,
        number: door.number,
        name,
        state: t(`handbook.state.${door.state}`),
        word: word?.words ?? '',
      })
  return (
    <button
      type="button"
      data-door={door.id}
      className={['dr', plain ? 'plain' : doorClass[door.state], chosen && 'chosen']
        .filter(Boolean)
        .join(' ')}
      tabIndex={stop ? 0 : -1}
      aria-label={says}
      aria-pressed={door.household ? chosen : undefined}
      aria-disabled={door.household ? undefined : true}
      onClick={onOpen}
    >
      {door.number}
      {!plain && <em>{name}</em>}
      {!plain && word && (
        <small>
          <Icon of={word.icon} />
          {word.words}
        </small>
      )}
      {care && (
        <span className="heart">
          <Icon of={Heart} />
        </span>
      )}
    </button>
  )
}

/** The stairs between the doors of one landing. */
function Stairs() {
  return (
    <div className="house-stairs">
      <svg viewBox="0 0 22 94" preserveAspectRatio="none" aria-hidden="true">
        <path
          d="M3 94V82h4v-11.5h4V59h4V47.5h4M19 47h-4V35.5h-4V24H7V12H3V0"
          fill="none"
          stroke="var(--line-2)"
          strokeWidth="1.2"
        />
      </svg>
    </div>
  )
}

/** Stairwell heads over each unit, and the eaves. */
function Roof({ units }: { units: number }) {
  return (
    <>
      <div className="house-roof" aria-hidden="true">
        {Array.from({ length: units }, (_, index) => (
          <i key={index} />
        ))}
      </div>
      <div className="house-eave" aria-hidden="true" />
    </>
  )
}
