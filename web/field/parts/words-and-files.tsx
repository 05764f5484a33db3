import { Camera, Mic, Square, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { IconButton } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { longest, useRecorder } from '#web/ui/recorder.ts'
import { smaller } from '#web/ui/smaller.ts'
import type { QueuedFile } from '../kept/entry.ts'

/** A photo or recording that was taken for what is being written. */
export type Taken = { file: QueuedFile; blob: Blob }

/** The contract takes nine. */
const most = 9

function taken(kind: QueuedFile['kind'], blob: Blob, seconds?: number): Taken {
  const name = kind === 'voice' ? 'voice' : 'photo.jpg'
  return {
    file: {
      id: newId(),
      kind,
      name,
      bytes: blob.size,
      ...(seconds !== undefined && { seconds }),
      sent: false,
    },
    blob,
  }
}

/** A sentence, or a recording instead; a photo where somebody wants one. None of them is asked for. */
export function WordsAndFiles({
  label,
  words,
  onWords,
  files,
  onFiles,
}: {
  label: string
  words: string
  onWords: (words: string) => void
  files: readonly Taken[]
  onFiles: (files: Taken[]) => void
}) {
  const { t } = useTranslation()
  const add = (more: Taken[]) => onFiles([...files, ...more].slice(0, most))
  const recorder = useRecorder(({ blob, seconds }) => add([taken('voice', blob, seconds)]))
  const addPhotos = async (list: FileList | null) =>
    add(await Promise.all([...(list ?? [])].map(async (file) => taken('photo', await smaller(file)))))
  return (
    <section className="card words-in-card" aria-label={label}>
      <textarea
        className="words-field"
        aria-label={label}
        placeholder={label}
        value={words}
        maxLength={2000}
        onChange={(event) => onWords(event.target.value)}
      />
      <div className="words-tools">
        <label className="iconbtn" title={t('files.photo')}>
          <Icon of={Camera} />
          <span className="vh">{t('files.photo')}</span>
          <input
            className="vh"
            type="file"
            accept="image/*"
            multiple
            onChange={(event) => {
              void addPhotos(event.target.files)
              event.target.value = ''
            }}
          />
        </label>
        {recorder.able && (
          <IconButton
            label={t(recorder.recording ? 'files.stop' : 'files.talk')}
            icon={recorder.recording ? Square : Mic}
            aria-pressed={recorder.recording}
            onClick={recorder.recording ? recorder.stop : recorder.start}
          />
        )}
      </div>
      <p className="words-said" role="status">
        {recorder.recording && t('files.recording', { seconds: recorder.seconds, longest })}
        {recorder.refused && t('files.refused')}
      </p>
      {files.length > 0 && (
        <ul className="taken">
          {files.map(({ file }, index) => (
            <li key={file.id}>
              {file.kind === 'voice'
                ? t('files.voice', { count: file.seconds ?? 0 })
                : t('files.picture', { number: index + 1 })}
              <button
                type="button"
                aria-label={t('files.remove')}
                onClick={() => onFiles(files.filter((other) => other.file.id !== file.id))}
              >
                <Icon of={X} size="s" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
