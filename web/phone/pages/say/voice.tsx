import { Mic, Pause, Play, Square, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Icon } from '#web/ui/icon.tsx'
import type { DraftFile } from '../../kept/draft-file.ts'
import { dropFile, keepFile } from '../../kept/files.ts'
import { useSettings } from '../../kept/settings.ts'
import { useKeptUrl } from './pictures.tsx'
import { longest, useRecorder } from '#web/ui/recorder.ts'
import { Uploading } from './uploading.tsx'

/** A drawn wave: it marks a recording and claims nothing about what is in it. */
function Wave() {
  const heights = [4, 8, 5, 12, 16, 7, 14, 18, 11, 6, 10, 16, 13, 7, 15, 18, 9, 5, 11, 7, 4]
  return (
    <svg
      className="wave"
      viewBox="0 0 84 20"
      aria-hidden="true"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    >
      {heights.map((height, index) => (
        <path key={index} d={`M${2 + index * 4} ${10 - height / 2}v${height}`} />
      ))}
    </svg>
  )
}

/** A voice note that can be heard and, on a draft, taken out. */
export function VoiceClip({
  url,
  seconds,
  onRemove,
}: {
  url: string | undefined
  seconds: number | null
  onRemove?: () => void
}) {
  const { t } = useTranslation()
  const audio = useRef<HTMLAudioElement>(null)
  const [playing, setPlaying] = useState(false)
  useEffect(() => () => audio.current?.pause(), [])
  const toggle = () => {
    if (playing) return audio.current?.pause()
    if (!audio.current || audio.current.src !== new URL(url ?? '', location.href).href) {
      audio.current = new Audio(url)
      audio.current.addEventListener('play', () => setPlaying(true))
      audio.current.addEventListener('pause', () => setPlaying(false))
      audio.current.addEventListener('ended', () => setPlaying(false))
    }
    return void audio.current.play().catch(() => setPlaying(false))
  }
  return (
    <span className="clip">
      <button
        type="button"
        className="play"
        onClick={toggle}
        aria-label={t(playing ? 'voice.pause' : 'voice.play', { count: seconds ?? 0 })}
      >
        <Icon of={playing ? Pause : Play} size="s" />
        <Wave />
        <span>{t('voice.seconds', { count: seconds ?? 0 })}</span>
      </button>
      {onRemove && (
        <button type="button" onClick={onRemove} aria-label={t('voice.remove')}>
          <Icon of={X} size="s" />
        </button>
      )}
    </span>
  )
}

function DraftClip({ file, onRemove }: { file: DraftFile; onRemove: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="draft-clip">
      <VoiceClip url={useKeptUrl(file.id)} seconds={file.seconds ?? null} onRemove={onRemove} />
      <Uploading id={file.id} label={t('upload.voice')} />
    </div>
  )
}

/** Longer than this (ms) the finger is holding, shorter it was a tap. */
const hold = 400

type Props = { files: DraftFile[]; onAdd: (file: DraftFile) => void; onRemove: (id: string) => void }

/** The voice notes said so far. */
export function VoiceClips({ files, onRemove }: Pick<Props, 'files' | 'onRemove'>) {
  const notes = files.filter((file) => file.kind === 'voice')
  if (notes.length === 0) return null
  return (
    <div className="clips">
      {notes.map((file) => (
        <DraftClip
          key={file.id}
          file={file}
          onRemove={() => {
            void dropFile(file.id)
            onRemove(file.id)
          }}
        />
      ))}
    </div>
  )
}

/** Hold to speak; a tap or the keyboard starts, another one ends. */
export function Talk({ onAdd }: Pick<Props, 'onAdd'>) {
  const { t } = useTranslation()
  const { elder } = useSettings()
  const pressedAt = useRef(0)
  const started = useRef(false)
  const recorder = useRecorder(({ blob, seconds }) => {
    const id = newId()
    void keepFile({ id, kind: 'voice', name: 'voice', blob, seconds }).then(() =>
      onAdd({ id, kind: 'voice', seconds, sent: false }),
    )
  })
  if (!recorder.able) return null

  const press = () => {
    pressedAt.current = performance.now()
    started.current = !recorder.recording
    if (started.current) recorder.start()
  }
  const release = () => {
    const held = performance.now() - pressedAt.current > hold
    if (held || !started.current) recorder.stop()
  }
  const words = recorder.recording
    ? t('voice.recording', { seconds: recorder.seconds, longest })
    : t(elder ? 'voice.tap' : 'voice.hold')
  return (
    <>
      <button
        type="button"
        className={recorder.recording ? 'talk on' : 'talk'}
        aria-pressed={recorder.recording}
        onPointerDown={press}
        onPointerUp={release}
        onPointerCancel={recorder.stop}
        onContextMenu={(event) => event.preventDefault()}
        onClick={(event) => {
          // Only the keyboard and assistive tools click without a pointer.
          if (event.detail !== 0) return
          if (recorder.recording) recorder.stop()
          else recorder.start()
        }}
      >
        <Icon of={recorder.recording ? Square : Mic} />
        <span>{words}</span>
      </button>
      <p className="refusals" aria-live="polite" hidden={!recorder.refused}>
        {recorder.refused && t('voice.refused')}
      </p>
    </>
  )
}
