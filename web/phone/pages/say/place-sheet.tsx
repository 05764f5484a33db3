import { ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Area, areasAbove, areasNamed, areasUnder, doorsOf } from '#web/api/places.ts'
import { Button } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useRemote } from '../../kept/remote.ts'
import type { Home } from '../../kept/settings.ts'
import './say.css'

type Props = { title: string; open: boolean; onClose: () => void; onChoose: (place: Home) => void }

/** A place from the lists, or found by name; one may stop at any level from the community down. */
export function PlaceSheet({ title, open, onClose, onChoose }: Props) {
  return (
    <Sheet title={title} open={open} onClose={onClose}>
      <PlaceLists onChoose={onChoose} />
    </Sheet>
  )
}

const tooWide: Area['kind'][] = ['district', 'subdistrict']

/** What lies below the last of the trail; a single district or subdistrict is no choice and is opened at once. */
async function below(last: Area | undefined, signal: AbortSignal): Promise<Area[]> {
  const { items } = await areasUnder(last?.path, signal)
  const [only] = items
  return items.length === 1 && only && tooWide.includes(only.kind) ? below(only, signal) : items
}

/** Communities and compounds by name, a moment after the last key. */
function useFound(words: string): Area[] | undefined {
  const [found, setFound] = useState<{ words: string; items: Area[] }>()
  useEffect(() => {
    if (!words) return undefined
    const mine = new AbortController()
    const timer = setTimeout(() => {
      Promise.all([areasNamed(words, 'community', mine.signal), areasNamed(words, 'compound', mine.signal)])
        .then((lists) => setFound({ words, items: lists.flatMap((list) => list.items) }))
        .catch(() => undefined)
    }, 250)
    return () => {
      clearTimeout(timer)
      mine.abort()
    }
  }, [words])
  return found?.words === words ? found.items : undefined
}

function AreaList({ label, areas, onOpen }: { label: string; areas: Area[]; onOpen: (area: Area) => void }) {
  return (
    <ul className="areas" aria-label={label}>
      {areas.map((area) => (
        <li key={area.path}>
          <button type="button" onClick={() => onOpen(area)}>
            <span className="grow">{area.name}</span>
            <Icon of={ChevronRight} size="s" />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The doors of a stairwell as they stand: the top floor on top. */
function Doors({ unit, onOpen }: { unit: Area; onOpen: (door: string) => void }) {
  const { t } = useTranslation()
  const doors = useRemote(`doors.${unit.path}`, (signal) => doorsOf(unit.path, signal))
  const items = doors.value?.items ?? []
  const floors = [...new Set(items.map((door) => door.floor))].toSorted((a, b) => b - a)
  if (!doors.value && doors.busy)
    return (
      <Loading>
        <RowBones rows={4} />
      </Loading>
    )
  return (
    <fieldset className="stairwell">
      <legend>{t('place.door')}</legend>
      {floors.map((floor) => (
        <div key={floor}>
          {items
            .filter((door) => door.floor === floor)
            .map((door) => (
              <button key={door.id} type="button" onClick={() => onOpen(door.number)}>
                <Door number={door.number} />
              </button>
            ))}
        </div>
      ))}
    </fieldset>
  )
}

function PlaceLists({ onChoose }: Pick<Props, 'onChoose'>) {
  const { t } = useTranslation()
  const [trail, setTrail] = useState<Area[]>([])
  const [typed, setTyped] = useState('')
  const words = typed.trim()
  const last = trail.at(-1)
  const atDoors = last?.kind === 'unit'
  const areas = useRemote(atDoors ? undefined : `areas.${last?.path ?? ''}`, (signal) => below(last, signal))
  const found = useFound(words)

  const place = (to: Area[], door?: string) => {
    const named = to.filter((area) => !tooWide.includes(area.kind))
    onChoose({ path: to.at(-1)?.path ?? '', names: named.map((area) => area.name), door })
  }
  const open = (area: Area) => setTrail([...trail, area])
  const openFound = async (area: Area) => {
    const { items } = await areasAbove(area.path)
    setTyped('')
    setTrail(items.filter((one) => one.kind !== 'district'))
  }

  return (
    <>
      {trail.length === 0 ? (
        <TextInput
          label={t('place.find')}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
      ) : (
        <nav className="trail" aria-label={t('place.chosen')}>
          <button type="button" onClick={() => setTrail([])}>
            {t('place.all')}
          </button>
          {trail.map((area, index) => (
            <button
              key={area.path}
              type="button"
              aria-current={index === trail.length - 1 ? 'step' : undefined}
              onClick={() => setTrail(trail.slice(0, index + 1))}
            >
              {area.name}
            </button>
          ))}
        </nav>
      )}
      {atDoors && last && <Doors unit={last} onOpen={(door) => place(trail, door)} />}
      {words ? (
        <div aria-live="polite">
          {found?.length === 0 && <p className="second">{t('place.no_match')}</p>}
          {found && (
            <AreaList label={t('place.find')} areas={found} onOpen={(area) => void openFound(area)} />
          )}
        </div>
      ) : (
        !atDoors && (
          <>
            {!areas.value && areas.busy && (
              <Loading>
                <RowBones rows={5} />
              </Loading>
            )}
            {!areas.value && Boolean(areas.error) && (
              <Failed what={t('place.failed')} safe={t('safe')} onRetry={() => void areas.again()} />
            )}
            {areas.value && (
              <AreaList label={last?.name ?? t('place.all')} areas={areas.value} onOpen={open} />
            )}
            {areas.value?.length === 0 && <p className="second">{t('place.no_more')}</p>}
          </>
        )
      )}
      {last && !tooWide.includes(last.kind) && (
        <Button wide onClick={() => place(trail)}>
          {t('place.stop', { name: last.name })}
        </Button>
      )}
    </>
  )
}
