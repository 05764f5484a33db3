import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Failed } from '#web/ui/states.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { importOf, type ImportView, isWorking } from '../../data/imports.ts'
import { problemText } from '../../data/problem.ts'
import { TableBones } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { Checked } from './checked.tsx'
import { Columns } from './columns.tsx'
import { Done } from './done.tsx'
import { ImportStart } from './import-start.tsx'
import { Stopped } from './stopped.tsx'
import { Progress } from './progress.tsx'
import './import.css'

/** Bringing in a register: give the file, say what its columns hold, see what would happen, decide. */
export function ImportPage() {
  const { id } = useParams({ strict: false })
  return id === undefined ? <ImportStart /> : <OneImport id={id} />
}

function OneImport({ id }: { id: string }) {
  const { t } = useTranslation()
  useTitle(t('nav.import'))
  const one = useQuery(importOf(id))
  return (
    <div className="page import">
      <header className="page-head">
        <div>
          <Link className="import-back" to={paths.import} params={{ id: undefined }}>
            <Icon of={ArrowLeft} size="s" />
            {t('import.back')}
          </Link>
          <h1>{one.data?.fileName ?? t('nav.import')}</h1>
          {one.data && (
            <p>
              {t('import.from', { place: one.data.place, by: one.data.by, size: sizeOf(one.data.bytes) })}
            </p>
          )}
        </div>
      </header>
      {one.isPending && <TableBones rows={6} />}
      {one.error && (
        <Failed
          what={t('import.failed')}
          safe={problemText(t, one.error)}
          onRetry={() => void one.refetch()}
          busy={one.isFetching}
        />
      )}
      {one.data && (
        <>
          <Steps one={one.data} />
          <Step one={one.data} />
        </>
      )}
    </div>
  )
}

/** A length as people say it. */
export function sizeOf(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}

const order = ['upload', 'columns', 'check', 'write'] as const
const reached: Record<ImportView['state'], number> = {
  uploading: 0,
  reading: 1,
  mapping: 1,
  checking: 2,
  checked: 2,
  applying: 3,
  applied: 4,
  undoing: 4,
  undone: 4,
  failed: 0,
  cancelled: 0,
}

/** How far it got, in words: what is done, where one stands, what comes. */
function Steps({ one }: { one: ImportView }) {
  const { t } = useTranslation()
  if (one.state === 'failed' || one.state === 'cancelled') return null
  const at = reached[one.state]
  return (
    <ol className="import-steps" aria-label={t('import.steps')}>
      {order.map((name, index) => (
        <li
          key={name}
          className={index < at ? 'done' : undefined}
          aria-current={index === at ? 'step' : undefined}
        >
          {t(`import.step.${name}`)}
          {index < at && <span className="vh">{t('import.stepDone')}</span>}
        </li>
      ))}
    </ol>
  )
}

function Step({ one }: { one: ImportView }) {
  if (isWorking(one)) return <Progress one={one} />
  if (one.state === 'mapping') return <Columns key={one.version} one={one} />
  if (one.state === 'checked') return <Checked one={one} />
  if (one.state === 'applied' || one.state === 'undone') return <Done one={one} />
  return <Stopped one={one} />
}
