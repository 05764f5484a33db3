import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntryView } from '#requests/contract.ts'
import type { RequestView } from '#requests/view-contract.ts'
import { attachmentUrl } from '#web/api/requests.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { Words } from '#web/ui/words.tsx'
import { useMe } from '../../data/me.ts'
import { exactly, when } from '../../time.ts'
import { sentence } from './story.ts'

type Attachment = EntryView['attachments'][number]

/** The story, newest first, every entry a whole sentence; reminders of the clock are left to the ledger. */
export function CaseStory({ request, now }: { request: RequestView; now: string }) {
  const { t } = useTranslation()
  const shown = request.entries.filter((entry) => entry.kind !== 'remind')
  return (
    <ol className="story" aria-label={t('story.label')}>
      {shown.map((entry) => (
        <li key={entry.id}>
          <time dateTime={entry.at} title={exactly(t, entry.at)}>
            {when(t, entry.at, now, true)}
          </time>
          <span className="dot" aria-hidden="true" />
          <EntryText request={request} entry={entry} />
        </li>
      ))}
    </ol>
  )
}

function EntryText({ request, entry }: { request: RequestView; entry: EntryView }) {
  const { t } = useTranslation()
  const mine = useMe().posts.map((post) => post.organisation.name)
  const { before, who, after, words } = sentence(t, entry, request.category, mine)
  const attached = entry.kind === 'submit' ? request.attachments : entry.attachments
  const points = entry.kind === 'accept' ? request.points : []
  return (
    <div className="story-text">
      {before}
      {who && <b>{who}</b>}
      {after}
      {words && (
        <>
          {t('story.colon')}
          <Words>{words}</Words>
        </>
      )}
      {!entry.visible && <small>{t('story.unseen')}</small>}
      {points.length > 0 && (
        <ol className="points">
          {points.map((point, index) => (
            <li key={point}>{t('story.point', { number: index + 1, point })}</li>
          ))}
        </ol>
      )}
      <NeededList data={entry.data} />
      <Attachments items={attached} />
    </div>
  )
}

/** What the resident was told to bring or do. */
function NeededList({ data }: { data: EntryView['data'] }) {
  const { t } = useTranslation()
  const needed = data.needed as { what: string; how: string }[] | undefined
  if (!needed) return null
  return (
    <ul className="points" aria-label={t('needed.label')}>
      {needed.map(({ what, how }) => (
        <li key={`${what}${how}`}>{how ? t('needed.line', { what, how }) : what}</li>
      ))}
    </ul>
  )
}

/** Photos open large; voice notes play where they stand. */
export function Attachments({ items }: { items: Attachment[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Attachment>()
  const photos = items.filter((item) => item.kind === 'photo')
  const voices = items.filter((item) => item.kind === 'voice')
  if (items.length === 0) return null
  return (
    <div className="pics">
      {photos.map((photo, index) => (
        <button
          key={photo.id}
          type="button"
          onClick={() => setOpen(photo)}
          aria-label={t('story.seePhoto', { number: index + 1 })}
        >
          <img src={attachmentUrl(photo.id)} alt="" loading="lazy" width={104} height={78} />
        </button>
      ))}
      {voices.map((voice) => (
        <audio
          key={voice.id}
          controls
          preload="none"
          src={attachmentUrl(voice.id)}
          aria-label={t('story.voice', { count: voice.seconds ?? 0 })}
        >
          {/* Nobody has written down what is said in it; the words of the report stand above. */}
          <track kind="captions" />
        </audio>
      ))}
      <Sheet title={t('story.photo')} open={open !== undefined} onClose={() => setOpen(undefined)}>
        {open && <img className="photo-large" src={attachmentUrl(open.id)} alt={t('story.photo')} />}
      </Sheet>
    </div>
  )
}
