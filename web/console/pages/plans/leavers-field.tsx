import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Candidates } from '#liaison/lists-contract.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Combobox } from '../../parts/combobox.tsx'

type Props = {
  people: UseInfiniteQueryResult<InfiniteData<Candidates>>
  /** Who has left already; they take no part whatever is chosen. */
  gone: Candidates['leaving']
  value: string[]
  /** Names of those who were chosen before. */
  known: Candidates['leaving']
  onChange: (value: string[]) => void
}

const mostOffered = 30

/** Who takes no part: those who left, by themselves, and whoever is named. */
export function LeaversField({ people, gone, value, known, onChange }: Props) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const items = people.data?.pages.flatMap((page) => page.items) ?? []
  const wanted = query.trim()
  const open = items.filter(({ id, leaves }) => !leaves && !value.includes(id))
  return (
    <div>
      <Combobox
        label={t('plans.leaving')}
        hint={
          gone.length > 0
            ? t('plans.goneAlready', { names: gone.map(({ name }) => name).join(t('plans.listComma')) })
            : undefined
        }
        options={open
          .filter(({ name, organisation }) => name.includes(wanted) || organisation.includes(wanted))
          .slice(0, mostOffered)
          .map(({ id, name, organisation, households }) => ({
            value: id,
            label: name,
            note: t('plans.leaverNote', { organisation, count: households }),
          }))}
        value={undefined}
        onChange={(next) => next && onChange([...value, next.value])}
        query={query}
        onQuery={setQuery}
        loading={people.isPending}
        placeholder={t('plans.personFind')}
      />
      {value.length > 0 && (
        <ul className="chips">
          {value.map((id) => {
            const name = [...items, ...known].find((one) => one.id === id)?.name ?? ''
            return (
              <li key={id}>
                {name}
                <button
                  type="button"
                  aria-label={t('plans.stays', { name })}
                  onClick={() => onChange(value.filter((one) => one !== id))}
                >
                  <Icon of={X} size="s" />
                </button>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
