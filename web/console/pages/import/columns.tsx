import { Ban } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Field, fieldsOf, mappingFaults } from '#exchange/fields.ts'
import { Button } from '#web/ui/button.tsx'
import { Select } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { type ImportView, useStep } from '../../data/imports.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { GiveUp } from './give-up.tsx'

/** Which column holds what: guessed from its name, or as it was told the last time, for a person to put right. */
export function Columns({ one }: { one: ImportView }) {
  const { t } = useTranslation()
  const step = useStep(one)
  const [mapping, setMapping] = useState(() => one.columns.map(({ field }) => field as Field | null))
  const header = one.columns.map((column) => column.header)
  const faults = mappingFaults(one.kind, header, mapping)
  const tell = (at: number, field: Field | null) =>
    setMapping(mapping.map((known, index) => (index === at ? field : known)))
  const used = mapping.filter((field) => field !== null).length
  return (
    <section className="import-columns">
      <div className="import-lead">
        <p>
          {t('import.columnsFound', { columns: one.columns.length, used })}
          {one.remembered && t('import.remembered')}
        </p>
        {one.sheets.length > 1 && (
          <Select
            label={t('import.sheet')}
            value={one.sheet ?? ''}
            onChange={(event) =>
              step.mutate({ method: 'PUT', what: '/mapping', body: { sheet: event.target.value } })
            }
          >
            {one.sheets.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </div>
      <table className="ledger import-map">
        <thead>
          <tr>
            <th scope="col">{t('import.column')}</th>
            <th scope="col">{t('import.firstRows')}</th>
            <th scope="col">{t('import.holds')}</th>
          </tr>
        </thead>
        <tbody>
          {one.columns.map((column, at) => (
            <tr key={`${at} ${column.header}`} className={mapping[at] === null ? 'left-out' : undefined}>
              <td>
                <b>{column.header || t('import.noName')}</b>
              </td>
              <td className="import-samples">{samples(column.samples)}</td>
              <td>
                {column.forbidden ? (
                  <p className="import-forbidden">
                    <Icon of={Ban} size="s" />
                    {t(`import.forbidden.${column.forbidden}`)}
                  </p>
                ) : (
                  <Select
                    quiet
                    label={t('import.holdsWhat', { column: column.header })}
                    value={mapping[at] ?? ''}
                    onChange={(event) => tell(at, (event.target.value || null) as Field | null)}
                  >
                    <option value="">{t('import.leaveOut')}</option>
                    {fieldsOf(one.kind).map((field) => (
                      <option key={field} value={field}>
                        {t(`import.field.${field}`)}
                      </option>
                    ))}
                  </Select>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {faults.length > 0 && (
        <ul className="import-faults" aria-live="polite">
          {faults.map(({ fault, field }) => (
            <li key={`${fault} ${field}`}>
              {t(`import.mappingFault.${fault}`, {
                field: fault === 'forbidden' ? field : t(`import.field.${field}`),
              })}
            </li>
          ))}
        </ul>
      )}
      <ProblemNote error={step.error} />
      <div className="deed-do">
        <Button
          kind="primary"
          busy={step.isPending}
          aria-disabled={faults.length > 0}
          onClick={() =>
            faults.length === 0 && step.mutate({ method: 'PUT', what: '/mapping', body: { mapping } })
          }
        >
          {t('import.startCheck')}
        </Button>
        <GiveUp one={one} />
        <p>{t('import.startCheckCause')}</p>
      </div>
    </section>
  )
}

/** A few different cells are enough to recognise a column. */
function samples(cells: string[]): string {
  return [...new Set(cells.filter((cell) => cell !== ''))].slice(0, 3).join('  ')
}
