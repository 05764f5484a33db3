import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attachmentUrl, type EntryView, type RequestView } from '#web/api/requests.ts'
import { useNow } from '#web/ui/now.ts'
import { sayShortDay } from '#web/ui/say-time.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { Timeline } from '#web/ui/timeline.tsx'
import { Words } from '#web/ui/words.tsx'
import { sentence } from '../../story.ts'
import { VoiceClip } from '../say/voice.tsx'

type Shown = { id: string; number: number }

function Attached({ entry, onOpen }: { entry: EntryView; onOpen: (shown: Shown) => void }) {
  const { t } = useTranslation()
  const photos = entry.attachments.filter((one) => one.kind === 'photo')
  const notes = entry.attachments.filter((one) => one.kind === 'voice')
  return (
    <>
      {notes.map((note) => (
        <div key={note.id}>
          <VoiceClip url={attachmentUrl(note.id)} seconds={note.seconds} />
        </div>
      ))}
      {photos.length > 0 && (
        <div className="shots">
          {photos.map((photo, index) => (
            <button
              key={photo.id}
              type="button"
              aria-label={t('photo_open', { number: index + 1 })}
              onClick={() => onOpen({ id: photo.id, number: index + 1 })}
            >
              <img src={attachmentUrl(photo.id)} alt="" loading="lazy" width={84} height={63} />
            </button>
          ))}
        </div>
      )}
    </>
  )
}

/** The story in whole sentences, newest on top; a person's own words in their own voice. */
export function StoryLines({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const now = useNow()
  const [shown, setShown] = useState<Shown>()
  return (
    <>
      <Timeline
        label={t('request.story')}
        items={request.entries.map((entry) => {
          const { says, words } = sentence(t, entry, request.category?.name ?? '')
          // What was attached when it was said belongs to its first entry.
          const attachments =
            entry.kind === 'submit' && entry.attachments.length === 0
              ? request.attachments
              : entry.attachments
          return {
            id: entry.id,
            at: entry.at,
            day: sayShortDay(t, entry.at, now),
            children: (
              <>
                {words ? t('request.says', { says }) : says}
                {words && <Words>{words}</Words>}
                <Attached entry={{ ...entry, attachments }} onOpen={setShown} />
              </>
            ),
          }
        })}
      />
      <Sheet
        title={t('photo', { number: shown?.number ?? 1 })}
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
      >
        {shown && (
          <img className="shot" src={attachmentUrl(shown.id)} alt={t('photo', { number: shown.number })} />
        )}
      </Sheet>
    </>
  )
}
