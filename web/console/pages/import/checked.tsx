import { useInfiniteQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '#web/ui/button.tsx'
import { type ErrorItem, errorsOf, type ImportView, sheetAddress, useStep } from '../../data/imports.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { GiveUp } from './give-up.tsx'

/** What the file would do, what is wrong in it, and the decision. */
export function Checked({ one }: { one: ImportView }) {
  const { t } = useTranslation()
  const step = useStep(one)
  const apply = (mode: 'all' | 'good') =>
    step.mutate({ method: 'POST', what: '/application', body: { mode } })
  const good = one.residents.added + one.residents.changed + one.residents.same
  const does = one.residents.added + one.residents.changed
  const isWhole = one.badRows === 0
  return (
    <section className="import-checked">
      {one.fault && <p className="import-faults">{t(`import.fault.${one.fault.code}`, one.fault.params)}</p>}
      <Preview one={one} />
      <div className="deed-do">
        <Button
          kind="primary"
          busy={step.isPending}
          aria-disabled={does === 0}
          onClick={() => does > 0 && apply(isWhole ? 'all' : 'good')}
        >
          {isWhole ? t('import.applyAll', { count: good }) : t('import.applyGood', { count: good })}
        </Button>
        <GiveUp one={one} />
        <p>
          {does === 0
            ? t('import.nothingToDo')
            : t(isWhole ? 'import.applyAllCause' : 'import.applyGoodCause', { count: one.badRows })}
        </p>
      </div>
      <ProblemNote error={step.error} />
      {one.errors > 0 && <Errors one={one} />}
    </section>
  )
}

/** The figures as a sentence each: what is new, what changes, what stays. */
export function Preview({ one }: { one: ImportView }) {
  const { t } = useTranslation()
  return (
    <dl className="import-figures">
      {(['households', 'residents'] as const).map((kind) => (
        <div key={kind}>
          <dt>{t(`import.${kind}`)}</dt>
          <dd>{tally(t, one[kind])}</dd>
        </div>
      ))}
      {one.care > 0 && (
        <div>
          <dt>{t('import.care')}</dt>
          <dd>{t('import.careAdded', { count: one.care })}</dd>
        </div>
      )}
      <div className={one.badRows > 0 ? 'bad' : undefined}>
        <dt>{t('import.bad')}</dt>
        <dd>
          {one.badRows > 0
            ? t('import.badRows', { count: one.badRows, errors: one.errors })
            : t('import.noBadRows')}
        </dd>
      </div>
    </dl>
  )
}

type Translate = ReturnType<typeof useTranslation>['t']

/** What is not nought, in one line. */
function tally(t: Translate, counts: ImportView['households']): string {
  const said = (['added', 'changed', 'same'] as const).filter((name) => counts[name] > 0)
  if (said.length === 0) return t('import.tally.none')
  return said.map((name) => t(`import.tally.${name}`, { count: counts[name] })).join(t('comma'))
}

function Errors({ one }: { one: ImportView }) {
  const { t } = useTranslation()
  const [code, setCode] = useState<string>()
  const list = useInfiniteQuery(errorsOf(one, code))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="import-errors">
      <div className="import-errors-head">
        <h2>{t('import.toMend')}</h2>
        <ButtonLink small icon={Download} href={sheetAddress(one.id)} download>
          {t('import.download')}
        </ButtonLink>
      </div>
      <p className="note second">{t('import.downloadHint')}</p>
      <ul className="import-kinds" aria-label={t('import.byKind')}>
        {one.errorKinds.map((kind) => (
          <li key={kind.code}>
            <button
              type="button"
              aria-pressed={code === kind.code}
              onClick={() => setCode(code === kind.code ? undefined : kind.code)}
            >
              {t(`import.kind.${kind.code.replaceAll('.', '_')}`)}
              <b>{kind.count}</b>
            </button>
          </li>
        ))}
      </ul>
      <ListStates list={list} count={items.length} failed={t('import.errorsFailed')} bones={6}>
        <ErrorTable items={items} />
      </ListStates>
      <MorePages list={list} label={t('import.moreErrors')} />
    </section>
  )
}

function ErrorTable({ items }: { items: ErrorItem[] }) {
  const { t } = useTranslation()
  return (
    <table className="ledger">
      <thead>
        <tr>
          <th scope="col">{t('import.cell')}</th>
          <th scope="col">{t('import.column')}</th>
          <th scope="col">{t('import.stands')}</th>
          <th scope="col">{t('import.wrong')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.cell} ${item.code}`}>
            <td className="import-cell">{item.cell}</td>
            <td className="nb">{item.header}</td>
            <td>
              {item.shown ? (
                <span className="import-shown">{item.shown}</span>
              ) : (
                <i>{t('import.emptyCell')}</i>
              )}
            </td>
            <td>{item.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
