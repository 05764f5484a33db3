import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alike } from '#requests/together/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { alikeRequests } from '../../../data/duplicates.ts'
import { lifecycleWord } from '../../../words.ts'
import { reasons, sureness } from '../duplicates/why.ts'
import { DeedForm, type DeedProps } from './deed-form.tsx'

const Compare = lazy(async () => ({ default: (await import('../duplicates/compare.tsx')).Compare }))

/** Merge: what is possibly the same, to be put side by side first (RQ13). */
export function Merge({ request, onDone, onCancel }: DeedProps) {
  const { t } = useTranslation()
  const alike = useQuery(alikeRequests(request.id))
  const [compared, setCompared] = useState<Alike>()
  const items = (alike.data?.items ?? []).filter((one) => one.mayStay || one.mayGo)
  return (
    <section className="next deed" aria-label={lifecycleWord(t, 'entry.merge')}>
      <h2>{lifecycleWord(t, 'entry.merge')}</h2>
      {alike.isSuccess && items.length === 0 && <p className="deed-none">{t('duplicates.none')}</p>}
      {alike.isError && <p className="deed-none">{t('duplicates.failed')}</p>}
      {items.map((one) => (
        <button key={one.id} type="button" className="can alike" onClick={() => setCompared(one)}>
          <b>{one.title}</b>
          <span>{sureness(t, one.score)}</span>
          <small>{[one.code, ...reasons(t, one)].join(t('comma'))}</small>
        </button>
      ))}
      <div className="deed-do">
        <Button kind="quiet" onClick={onCancel}>
          {t('deed.cancel')}
        </Button>
        <p>{lifecycleWord(t, 'causes.merge')}</p>
      </div>
      {compared && (
        <Suspense>
          <Compare
            request={request}
            other={compared}
            onClose={() => setCompared(undefined)}
            onMerged={onDone}
          />
        </Suspense>
      )}
    </section>
  )
}

/** Part: back to the state, holder and due time it had before it was merged. */
export function Unmerge(props: DeedProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const draft = words.trim() ? ({ kind: 'unmerge', words } as const) : undefined
  return (
    <DeedForm
      {...props}
      step="unmerge"
      draft={draft}
      cause={lifecycleWord(t, 'causes.unmerge')}
      missing={t('missing.words')}
    >
      <div className="wide">
        <TextArea
          label={t('field.whyPart')}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </DeedForm>
  )
}
