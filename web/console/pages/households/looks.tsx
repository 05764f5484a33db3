import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdPage } from '#handbook/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { when } from '../../time.ts'

/** How many people looked at this household lately, and who, for those who answer for it (boundary 4). */
export function Looks({ page, now }: { page: HouseholdPage; now: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { people, times, who } = page.looks
  return (
    <section>
      <h3 className="plain">
        <span>{people === 0 ? t('looks.nobody') : t('looks.sum', { count: people, times })}</span>
        {who && people > 0 && (
          <Button kind="link" small aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('looks.who')}
          </Button>
        )}
      </h3>
      {open && who && (
        <ul className="lived">
          {who.map((one) => (
            <li key={`${one.name} ${one.lastAt}`}>
              {t('looks.line', { name: one.name, organisation: one.organisation })}
              <small>
                {[
                  t('looks.times', { count: one.times, when: when(t, one.lastAt, now) }),
                  ...one.reasons.map((reason) => t('looks.reason', { reason })),
                ].join(t('handbook.comma'))}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
