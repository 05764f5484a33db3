import { useTranslation } from 'react-i18next'
import type { DraftFile } from '../../kept/draft-file.ts'
import { useBroken, useWay } from '../../kept/upload-way.ts'
import './pictures.css'

/** A thin line along a photo or voice note while it is sent; nothing once it is there. */
export function Uploading({ id, label }: { id: string; label: string }) {
  const way = useWay(id)
  if (!way || way.share === 1) return null
  return (
    <progress
      className={way.broken ? 'way cut' : 'way'}
      max={1}
      // Something is seen from the first byte on.
      value={Math.max(way.share, 0.04)}
      aria-label={label}
    />
  )
}

/** What happens when the line breaks, said once for all of them. */
export function LineBroken({ files }: { files: DraftFile[] }) {
  const { t } = useTranslation()
  const count = useBroken(files.map(({ id }) => id))
  return (
    <p className="way-broken" aria-live="polite" hidden={count === 0}>
      {count > 0 && t('upload.broken', { count })}
    </p>
  )
}
