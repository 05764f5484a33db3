import { useTranslation } from 'react-i18next'
import { Door } from '#web/ui/door.tsx'
import { useNow } from '#web/ui/now.ts'
import type { Household } from '../kept/overlay.ts'
import { doorState } from '../kept/views.ts'

/** A household's door, the same in every list: its number, how the last visit stands, the heart. */
export function HouseholdDoor({ household, plain }: { household: Household; plain?: boolean | undefined }) {
  const { t } = useTranslation()
  const now = useNow()
  const state = doorState(household, now)
  const says = [
    state && t(`door.${state}`),
    household.care.length > 0 && t('door.heart'),
    household.pending && t('door.pending'),
  ]
  return (
    <Door
      number={household.door.number}
      state={plain ? undefined : state}
      needsCare={household.care.length > 0}
      says={says.filter(Boolean).join(t('comma'))}
    />
  )
}
