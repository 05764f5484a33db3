import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Step } from '#catalogue/contract.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Select, TextInput } from '#web/ui/field.tsx'

const units = [
  'working_hours',
  'working_days',
  'calendar_hours',
  'calendar_days',
] as const satisfies Step['unit'][]
const most = 5

/** The steps of a limit; a single one needs no name. */
export function StepsField({ steps, onChange }: { steps: Step[]; onChange: (steps: Step[]) => void }) {
  const { t } = useTranslation()
  const change = (at: number, next: Step) =>
    onChange(steps.map((step, index) => (index === at ? next : step)))
  return (
    <fieldset className="steps-field">
      <legend className="label">{t('categories.limit')}</legend>
      {steps.map((step, index) => (
        <div className={steps.length > 1 ? 'one named' : 'one'} key={index}>
          {steps.length > 1 && (
            <TextInput
              label={t('categories.stepName')}
              quiet={index > 0}
              value={step.name}
              maxLength={40}
              onChange={(event) => change(index, { ...step, name: event.target.value })}
            />
          )}
          <TextInput
            label={t('categories.amount')}
            quiet={index > 0}
            inputMode="numeric"
            value={step.amount || ''}
            onChange={(event) =>
              change(index, {
                ...step,
                amount: Number(event.target.value.replace(/\D/g, '').slice(0, 3)),
              })
            }
          />
          <Select
            label={t('categories.unit')}
            quiet={index > 0}
            value={step.unit}
            onChange={(event) =>
              change(index, {
                ...step,
                unit: event.target.value as Step['unit'],
              })
            }
          >
            {units.map((unit) => (
              <option key={unit} value={unit}>
                {t(`limit.unit.${unit}`)}
              </option>
            ))}
          </Select>
          {steps.length > 1 && (
            <IconButton
              label={t('categories.removeStep', { number: index + 1 })}
              icon={X}
              onClick={() => onChange(steps.filter((_, at) => at !== index))}
            />
          )}
        </div>
      ))}
      {steps.length < most && (
        <Button
          small
          kind="quiet"
          icon={Plus}
          onClick={() => onChange([...steps, { name: '', unit: 'working_days', amount: 1 }])}
        >
          {t('categories.addStep')}
        </Button>
      )}
    </fieldset>
  )
}
