import { Camera, ImageOff, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Icon } from '#web/ui/icon.tsx'
import type { DraftFile } from '../../kept/draft-file.ts'
import { dropFile, keepFile, keptFile } from '../../kept/files.ts'
import { smaller } from '#web/ui/smaller.ts'
import { Uploading } from './uploading.tsx'
import './pictures.css'

/** The contract takes nine attachments; one place stays for the voice note. */
const most = 8

/** The address of a kept file in this page, given back when it leaves. */
export function useKeptUrl(id: string): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    let made: string | undefined
    let gone = false
    void keptFile(id).then((file) => {
      if (!file || gone) return
      made = URL.createObjectURL(file.blob)
      setUrl(made)
    })
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [id])
  return url
}

function Picture({ file, number, onRemove }: { file: DraftFile; number: number; onRemove: () => void }) {
  const { t } = useTranslation()
  const url = useKeptUrl(file.id)
  const [broken, setBroken] = useState(false)
  return (
    <li className={file.refused ? 'refused' : undefined}>
      {url && !broken ? (
        <img src={url} alt={t('photo', { number })} onError={() => setBroken(true)} />
      ) : (
        <span className="broken">{broken && <Icon of={ImageOff} />}</span>
      )}
      <Uploading id={file.id} label={t('upload.photo', { number })} />
      <button type="button" className="remove" onClick={onRemove} aria-label={t('photo_remove', { number })}>
        <span>
          <Icon of={X} size="s" />
        </span>
      </button>
    </li>
  )
}

type Props = {
  files: DraftFile[]
  onAdd: (file: DraftFile) => void
  onRemove: (id: string) => void
}

/** The photos of what is being said, each with the way to take it out again, and the camera. */
export function Pictures({ files, onAdd, onRemove }: Props) {
  const { t } = useTranslation()
  const photos = files.filter((file) => file.kind === 'photo')
  const add = async (list: FileList | null) => {
    for (const file of [...(list ?? [])].slice(0, most - photos.length)) {
      const id = newId()
      await keepFile({ id, kind: 'photo', name: file.name, blob: await smaller(file) })
      onAdd({ id, kind: 'photo', sent: false })
    }
  }
  return (
    <>
      <ul className="pics">
        {photos.map((file, index) => (
          <Picture
            key={file.id}
            file={file}
            number={index + 1}
            onRemove={() => {
              void dropFile(file.id)
              onRemove(file.id)
            }}
          />
        ))}
        {photos.length < most && (
          <li>
            <label className="add">
              <Icon of={Camera} />
              {t('say.photo')}
              <input
                type="file"
                accept="image/*"
                multiple
                onChange={(event) => {
                  void add(event.target.files)
                  event.target.value = ''
                }}
              />
            </label>
          </li>
        )}
      </ul>
      <div aria-live="polite">
        {photos.map((file, index) =>
          file.refused ? (
            <p className="refusals" key={file.id}>
              {t('photo_refused', { number: index + 1, why: file.refused })}
            </p>
          ) : null,
        )}
      </div>
    </>
  )
}
