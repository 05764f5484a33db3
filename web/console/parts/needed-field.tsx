import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'

/** A paper or a step that the resident needs, as it is being written. */
export type Needed = { what: string; how: string }

/** What is worth sending of what was written. */
export function neededOf(rows: Needed[]): { needed?: Needed[] } {
  const needed = rows.filter(({ what }) => what.trim())
  return needed.length > 0 ? { needed } : {}
}

/** Everything the resident has to bring or do, told all at once; the category's own list is offered, never imposed. */
export function NeededField({
  value,
  onChange,
  usual,
}: {
  value: Needed[]
  onChange: (rows: Needed[]) => void
  /** What the category usually takes. */
  usual?: Needed[] | undefined
}) {
  const { t } = useTranslation()
  const change = (at: number, part: Partial<Needed>) =>
    onChange(value.map((row, index) => (index === at ? { ...row, ...part } : row)))
  return (
    <fieldset className="needed-field">
      <legend className="label">{t('needed.label')}</legend>
      {value.map((row, index) => (
        <div key={index} className="needed-row">
          <TextInput
            quiet
            label={t('needed.what', { number: index + 1 })}
            placeholder={t('needed.whatHint')}
            value={row.what}
            maxLength={120}
            onChange={(event) => change(index, { what: event.target.value })}
          />
          <TextInput
            quiet
            label={t('needed.how', { number: index + 1 })}
            placeholder={t('needed.howHint')}
            value={row.how}
            maxLength={200}
            onChange={(event) => change(index, { how: event.target.value })}
          />
          <IconButton
            icon={X}
            label={t('needed.remove', { number: index + 1 })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div className="needed-do">
        <Button
          small
          kind="quiet"
          icon={Plus}
          disabled={value.length >= 20}
          onClick={() => onChange([...value, { what: '', how: '' }])}
        >
          {t(value.length > 0 ? 'needed.more' : 'needed.add')}
        </Button>
        {usual && usual.length > 0 && value.length === 0 && (
          <Button small kind="quiet" onClick={() => onChange(usual)}>
            {t('needed.usual', { count: usual.length })}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
