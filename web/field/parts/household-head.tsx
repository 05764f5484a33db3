import { ChevronLeft, Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton, IconLink } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { useBook } from '../kept/book.ts'
import type { Household } from '../kept/overlay.ts'
import { headOf, units } from '../kept/views.ts'
import { ageOf, callHousehold, callUnit, careWords, line } from './calling.ts'
import { HouseholdDoor } from './household-door.tsx'
import './household-head.css'

/** The door, who lives behind it, and the button to call: the head of a household's page and of a visit. */
export function HouseholdHead({ household, onBack }: { household: Household; onBack: () => void }) {
  const { t } = useTranslation()
  const { t: ui } = useTranslation('ui')
  const book = useBook()
  const now = useNow()
  const head = headOf(household)
  const age = household.members.length === 1 && head ? ageOf(head.birthYear, now) : undefined
  const called =
    household.members.find(({ phone, id }) => phone && id === head?.id) ??
    household.members.find(({ phone }) => phone)
  return (
    <header className="top household-head">
      <IconButton label={ui('back')} icon={ChevronLeft} onClick={onBack} />
      <HouseholdDoor household={household} />
      <div className="who grow">
        <h1>{callHousehold(t, household)}</h1>
        <small>
          {line(t, [
            callUnit(units(book), household.path),
            age !== undefined && t('household.age', { age }),
            ...careWords(t, household).slice(0, 2),
          ])}
        </small>
      </div>
      {called?.phone && (
        <IconLink
          ring
          icon={Phone}
          href={`tel:${called.phone}`}
          label={t('household.call', { name: called.name })}
        />
      )}
    </header>
  )
}
