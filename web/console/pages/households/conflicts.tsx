import { useTranslation } from 'react-i18next'
import type { Conflict, HouseholdView } from '#households/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { when } from '../../time.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useEntry } from './use-entry.ts'

/** What several people entered differently without knowing of one another: both stand here until somebody chooses (HH6). */
export function Conflicts({ household, now }: { household: HouseholdView; now: string }) {
  const { t } = useTranslation()
  if (household.conflicts.length === 0) return null
  return (
    <section className="conflicts">
      <h3>{t('handbook.conflicts', { count: household.conflicts.length })}</h3>
      {household.conflicts.map((one) => (
        <One key={one.id} conflict={one} household={household} now={now} />
      ))}
    </section>
  )
}

function One({ conflict, household, now }: { conflict: Conflict; household: HouseholdView; now: string }) {
  const { t } = useTranslation()
  const { enter, busy, error } = useEntry(household, () => undefined)
  const [owner = '', id, name = owner] = conflict.field.split('.')
  const whose =
    owner === 'resident'
      ? household.members.find((one) => one.id === id)?.name
      : owner === 'care'
        ? t('care.title')
        : undefined
  // A masked number cannot be entered again from here; it is typed anew in the form.
  const closed = name === 'phone' || name === 'identity'
  return (
    <div className="conflict">
      <p>
        {[whose, t(`handbook.fieldName.${name}`, { defaultValue: name })]
          .filter(Boolean)
          .join(t('handbook.comma'))}
      </p>
      <ul>
        {conflict.words.map((said) => (
          <li key={said.entry}>
            <span>
              {sayValue(said.value)}
              <small>
                {t('handbook.said', {
                  name: said.by?.name ?? t('settings.installation'),
                  when: when(t, said.deviceAt, now),
                })}
              </small>
            </span>
            {!closed && (
              <Button small busy={busy} onClick={() => enter({ [conflict.field]: said.value }, 'choose')}>
                {t('handbook.choose')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={error} />
    </div>
  )

  function sayValue(value: unknown): string {
    if (value === null || value === undefined) return t('handbook.nothing')
    if (typeof value === 'string' || typeof value === 'number') return String(value)
    const parts: Record<string, unknown> = { ...value }
    const kind = typeof parts['kind'] === 'string' ? t(`handbook.stays.${parts['kind']}`) : undefined
    const rest = Object.entries(parts).flatMap(([key, part]) =>
      key === 'kind' || typeof part !== 'string' ? [] : [part],
    )
    return [kind, ...rest].filter(Boolean).join(t('handbook.comma'))
  }
}
