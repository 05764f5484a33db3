import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Area, areasUnder } from '#web/api/places.ts'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { useRemote } from '../../kept/remote.ts'
import type { Home } from '../../kept/settings.ts'
import './say.css'

/** From how many names on a box to narrow them down is worth its place. */
const many = 12

type Props = { title: string; open: boolean; onClose: () => void; onChoose: (place: Home) => void }

/** A place from the lists: community, compound, building, unit; one may stop at any of them from the community down. */
export function PlaceSheet({ title, open, onClose, onChoose }: Props) {
  return (
    <Sheet title={title} open={open} onClose={onClose}>
      <PlaceLists onChoose={onChoose} />
    </Sheet>
  )
}

function PlaceLists({ onChoose }: Pick<Props, 'onChoose'>) {
  const { t } = useTranslation()
  const [trail, setTrail] = useState<Area[]>([])
  const [words, setWords] = useState('')
  const last = trail.at(-1)
  const areas = useRemote(`areas.${last?.path ?? ''}`, () => areasUnder(last?.path))
  const items = areas.value?.items
  const found = items?.filter((area) => area.name.includes(words.trim()))
  const place = (to: Area[]) => onChoose({ path: to.at(-1)?.path ?? '', names: to.map((area) => area.name) })

  const open = (area: Area) => {
    const next = [...trail, area]
    if (area.kind === 'unit') place(next)
    else {
      setTrail(next)
      setWords('')
    }
  }

  return (
    <>
      {trail.length > 0 && (
        <nav className="trail" aria-label={t('place.chosen')}>
          <button type="button" onClick={() => setTrail([])}>
            {t('place.all')}
          </button>
          {trail.map((area, index) => (
            <button key={area.path} type="button" aria-current={index === trail.length - 1 ? 'step' : undefined} onClick={() => setTrail(trail.slice(0, index + 1))}>
              {area.name}
            </button>
          ))}
        </nav>
      )}
      {items && items.length > many && <TextInput label={t('place.narrow')} value={words} onChange={(event) => setWords(event.target.value)} autoComplete="off" />}
      {!items && areas.busy && (
        <Loading>
          <RowBones rows={5} />
        </Loading>
      )}
      {!items && Boolean(areas.error) && <Failed what={t('place.failed')} safe={t('safe')} onRetry={() => void areas.again()} />}
      {found && (
        <ul className="areas" aria-label={last?.name ?? t('place.all')}>
          {found.map((area) => (
            <li key={area.path}>
              <button type="button" onClick={() => open(area)}>
                <span className="grow">{area.name}</span>
                {area.kind !== 'unit' && <Icon of={ChevronRight} size="s" />}
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="none">{t(items?.length ? 'place.no_match' : 'place.no_more')}</li>}
        </ul>
      )}
      {last && last.kind !== 'subdistrict' && last.kind !== 'district' && (
        <Button wide onClick={() => place(trail)}>
          {t('place.stop', { name: last.name })}
        </Button>
      )}
    </>
  )
}
