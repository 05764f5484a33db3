import { useQuery } from '@tanstack/react-query'
import { Download, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { type ImportView, keptOf, sheetAddress, useStep } from '../../data/imports.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { when } from '../../time.ts'
import { Preview } from './checked.tsx'

/** What was written, and the way back. */
export function Done({ one }: { one: ImportView }) {
  const { t } = useTranslation()
  const now = useNow()
  const step = useStep(one)
  const isUndone = one.state === 'undone'
  const at = (isUndone ? one.undoneAt : one.appliedAt) ?? one.createdAt
  return (
    <section className="import-done">
      <p className="import-result">
        <Tag tone={isUndone ? 'none' : 'done'}>{t(`import.stateName.${one.state}`)}</Tag>
        {when(t, at, now, true)}
      </p>
      {isUndone ? <p>{t('import.undoneWhat', { count: one.kept })}</p> : <Preview one={one} />}
      {isUndone && one.kept > 0 && <Kept id={one.id} />}
      {!isUndone && (
        <div className="deed-do">
          {one.badRows > 0 && !one.purged && (
            <ButtonLink icon={Download} href={sheetAddress(one.id)} download>
              {t('import.download')}
            </ButtonLink>
          )}
          <Button
            icon={Undo2}
            busy={step.isPending}
            onClick={() => step.mutate({ method: 'POST', what: '/undo' })}
          >
            {t('import.undo')}
          </Button>
          <p>{t('import.undoCause')}</p>
        </div>
      )}
      <ProblemNote error={step.error} />
    </section>
  )
}

function Kept({ id }: { id: string }) {
  const { t } = useTranslation()
  const kept = useQuery(keptOf(id))
  return (
    <>
      <h2>{t('import.keptTitle')}</h2>
      <ul className="import-kept">
        {(kept.data?.items ?? []).map((one) => (
          <li key={one.id}>{one.place}</li>
        ))}
      </ul>
    </>
  )
}
