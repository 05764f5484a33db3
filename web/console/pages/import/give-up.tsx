import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { type ImportView, useStep } from '../../data/imports.ts'
import { paths } from '../../paths.ts'

/** Ends an import of which nothing was written; the file goes. */
export function GiveUp({ one }: { one: ImportView }) {
  const { t } = useTranslation()
  const tell = useToast()
  const navigate = useNavigate()
  const step = useStep(one)
  return (
    <Button
      kind="quiet"
      busy={step.isPending}
      onClick={() =>
        step.mutate(
          { method: 'DELETE', what: '' },
          {
            onSuccess: () => {
              tell(t('import.gaveUp'))
              void navigate({ to: paths.import, params: { id: undefined } })
            },
          },
        )
      }
    >
      {t('import.giveUp')}
    </Button>
  )
}
