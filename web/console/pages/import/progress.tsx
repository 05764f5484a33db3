import { useTranslation } from 'react-i18next'
import type { ImportView } from '../../data/imports.ts'

/** How far something got: a bar, and the same in figures. */
export function Bar({
  label,
  done,
  of,
  bytes,
}: {
  label: string
  done: number
  of: number | null
  bytes?: boolean
}) {
  const { t, i18n } = useTranslation()
  const figure = (value: number) =>
    bytes ? `${(value / 1_000_000).toFixed(1)} MB` : new Intl.NumberFormat(i18n.language).format(value)
  return (
    <div className="import-bar">
      <p>
        {label}
        <span>
          {of === null
            ? t('import.rowsSoFar', { done: figure(done) })
            : t(bytes ? 'import.bytesOf' : 'import.rowsOf', { done: figure(done), of: figure(of) })}
        </span>
      </p>
      <progress aria-label={label} {...(of !== null && of > 0 && { value: Math.min(done, of), max: of })} />
    </div>
  )
}

/** The worker is at it; one may leave the page and come back. */
export function Progress({ one }: { one: ImportView }) {
  const { t } = useTranslation()
  return (
    <section className="import-working" aria-live="polite">
      <Bar
        label={t(`import.working.${one.state}`)}
        done={one.rowsDone}
        of={one.state === 'applying' ? one.rowsTotal : null}
      />
      <p className="note second">{t('import.mayLeave')}</p>
    </section>
  )
}
