import { MapPin } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useHome } from '../../home-place.ts'
import { changeDraft, type Draft } from '../../kept/draft.ts'
import { inWords } from '../../place-names.ts'
import { PlaceSheet } from './place-sheet.tsx'

/** Where it is: my home with one press, another place from the lists, more exactly in words; the phone's position only when asked for. */
export function Where({ draft, error }: { draft: Draft; error: string | undefined }) {
  const { t } = useTranslation()
  const home = useHome()
  const [open, setOpen] = useState<'lists' | 'words'>()
  const [locating, setLocating] = useState<'asking' | 'refused'>()
  const isHome = home !== null && draft.path === home.path && draft.door === (home.door ?? '')

  const locate = () => {
    setLocating('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        changeDraft({
          position: {
            lon: Math.round(coords.longitude * 1e6) / 1e6,
            lat: Math.round(coords.latitude * 1e6) / 1e6,
          },
        })
        setLocating(undefined)
      },
      () => setLocating('refused'),
      { timeout: 15_000 },
    )
  }

  return (
    <div className="row">
      <Icon of={MapPin} />
      <div className="grow">
        {draft.path ? (
          <>
            <p>
              {inWords(draft)}
              {draft.place}
            </p>
            <small>
              {[isHome ? t('place.is_home') : t('place.by_you'), draft.position && t('place.with_position')]
                .filter(Boolean)
                .join(t('comma'))}
            </small>
          </>
        ) : (
          <p className={error ? 'wrong-place' : undefined}>{error ?? t('place.ask')}</p>
        )}
      </div>
      {home && !isHome && (
        <Button
          kind="link"
          onClick={() => changeDraft({ path: home.path, names: home.names, door: home.door ?? '' })}
        >
          {t('place.my_home')}
        </Button>
      )}
      <Button kind="link" onClick={() => setOpen(draft.path ? 'words' : 'lists')}>
        {t(draft.path ? 'change' : 'choose')}
      </Button>
      <PlaceSheet
        title={t('place.where')}
        open={open === 'lists'}
        onClose={() => setOpen(undefined)}
        onChoose={(place) => {
          changeDraft({ path: place.path, names: place.names, door: place.door ?? '' })
          setOpen('words')
        }}
      />
      <Sheet
        title={t('place.where')}
        open={open === 'words'}
        onClose={() => setOpen(undefined)}
        footer={
          <Button kind="primary" wide onClick={() => setOpen(undefined)}>
            {t('done')}
          </Button>
        }
      >
        <div className="pair">
          <p>{inWords(draft)}</p>
          <Button small onClick={() => setOpen('lists')}>
            {t('place.other')}
          </Button>
        </div>
        <TextInput
          label={t('place.exactly')}
          hint={t('place.exactly_hint')}
          value={draft.place}
          maxLength={120}
          onChange={(event) => changeDraft({ place: event.target.value })}
        />
        {draft.position ? (
          <Button wide onClick={() => changeDraft({ position: null })}>
            {t('place.position_remove')}
          </Button>
        ) : (
          <Button wide icon={MapPin} onClick={locate} busy={locating === 'asking'}>
            {t(locating === 'asking' ? 'place.position_asking' : 'place.position_add')}
          </Button>
        )}
        <p className="tiny second" aria-live="polite">
          {t(locating === 'refused' ? 'place.position_refused' : 'place.position_why')}
        </p>
      </Sheet>
    </div>
  )
}
