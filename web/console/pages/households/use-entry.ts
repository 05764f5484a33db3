import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdView } from '#households/contract.ts'
import { newId } from '#web/api/ids.ts'
import { nowIso } from '#web/ui/now.ts'
import { useToast } from '#web/ui/toast.tsx'
import { useHouseholdEdit } from '../../data/handbook.ts'

/**
 * Enters what changed in a household. The id belongs to the form, so that pressing twice is one entry; what came of it is
 * said in words: taken, brought together with what others entered, or to be chosen.
 */
export function useEntry(household: Pick<HouseholdView, 'id' | 'version'>, onDone: () => void) {
  const { t } = useTranslation()
  const tell = useToast()
  const [id, setId] = useState(newId)
  const edit = useHouseholdEdit(household.id)
  const enter = (fields: Record<string, unknown>, kind: 'edit' | 'choose' = 'edit') => {
    if (edit.isPending) return
    edit.mutate(
      { id, kind, base: household.version, deviceAt: nowIso(), fields },
      {
        onSuccess: ({ fate }) => {
          setId(newId())
          tell(t(`handbook.fate.${fate}`))
          onDone()
        },
      },
    )
  }
  return { enter, busy: edit.isPending, error: edit.error }
}
