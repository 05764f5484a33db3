import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Failed } from '#web/ui/states.tsx'
import { ButtonLink } from '#web/ui/button.tsx'
import type { ImportView } from '../../data/imports.ts'
import { paths } from '../../paths.ts'
import { DropFile } from './drop-file.tsx'

/** It did not get as far as a decision: half uploaded, not readable, or given up. */
export function Stopped({ one }: { one: ImportView }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const another = paths.import.replace('/{-$id}', '')
  if (one.state === 'uploading')
    return (
      <>
        <p className="note import-none">{t('import.halfWay')}</p>
        <DropFile
          path={one.path}
          id={one.id}
          onSent={(id) => void navigate({ to: paths.import, params: { id } })}
        />
      </>
    )
  if (one.state === 'cancelled') return <p className="note second import-none">{t('import.gaveUp')}</p>
  return (
    <Failed
      what={t('import.unreadable')}
      safe={one.fault ? t(`import.fault.${one.fault.code}`, one.fault.params) : t('import.nothingWritten')}
    >
      <ButtonLink wide href={another}>
        {t('import.another')}
      </ButtonLink>
    </Failed>
  )
}
