import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import type { Option } from '../../../parts/combobox.tsx'
import { DateField } from '../../../parts/date-field.tsx'
import { lifecycleWord } from '../../../words.ts'
import { DeedForm, type DeedProps } from './deed-form.tsx'
import { MatterField, useGiving } from './in-confidence.tsx'
import { LeadPicker } from './lead-picker.tsx'

/** A part as it is being written. Its id is made once, so that sending twice splits once (RQ3). */
type Draft = { id: string; lead: Option | undefined; words: string; day: string | undefined }

const empty = (): Draft => ({ id: newId(), lead: undefined, words: '', day: undefined })
const most = 8

/** A day ends when the offices close, or when the whole request is due, if that comes first (RQ12). */
function dueOf(day: string, whole: string | null): string {
  const closes = `${day}T09:30:00.000Z`
  return whole && whole < closes ? whole : closes
}

/** Split: parts for several departments; whoever splits keeps the whole and answers for it. */
export function Split(props: DeedProps) {
  const { request, now } = props
  const { t } = useTranslation()
  const [parts, setParts] = useState(() => [empty(), empty()])
  const [words, setWords] = useState('')
  const leads = parts.flatMap(({ lead }) => lead?.value ?? [])
  const giving = useGiving(request, leads)
  const written = parts.filter((part) => part.lead ?? part.words.trim())
  const isWhole = written.length > 0 && written.every((part) => part.lead && part.words.trim())
  const ready = isWhole && giving.ready && (words.trim() || !giving.needsMatter)
  const draft = ready
    ? {
        kind: 'split' as const,
        parts: written.map(({ id, lead, words: matter, day }) => ({
          id,
          lead: { organisation: lead!.value },
          words: matter,
          ...(day && { due: dueOf(day, request.dueAt) }),
        })),
        words,
        ...giving.extra,
      }
    : undefined
  const change = (index: number, more: Partial<Draft>) =>
    setParts(parts.map((part, at) => (at === index ? { ...part, ...more } : part)))
  return (
    <DeedForm
      {...props}
      step="split"
      draft={draft}
      cause={lifecycleWord(t, 'causes.split')}
      missing={t(isWhole ? 'missing.inConfidence' : 'missing.split')}
    >
      <ol className="wide parts-draft">
        {parts.map((part, index) => (
          <li key={part.id}>
            <LeadPicker
              request={request.id}
              label={t('part.lead', { number: index + 1 })}
              value={part.lead}
              onChange={(lead) => change(index, { lead })}
            />
            <TextInput
              label={t('part.matter')}
              value={part.words}
              maxLength={500}
              onChange={(event) => change(index, { words: event.target.value })}
            />
            <DateField
              label={t('part.due')}
              min={now.slice(0, 10)}
              value={part.day}
              onChange={(day) => change(index, { day })}
            />
            {parts.length > 1 && (
              <button
                type="button"
                className="parts-out"
                aria-label={t('part.remove', { number: index + 1 })}
                onClick={() => setParts(parts.filter((_, at) => at !== index))}
              >
                <Icon of={X} size="s" />
              </button>
            )}
          </li>
        ))}
      </ol>
      {parts.length < most && (
        <div className="wide">
          <Button small kind="quiet" icon={Plus} onClick={() => setParts([...parts, empty()])}>
            {t('part.add')}
          </Button>
        </div>
      )}
      <MatterField
        request={request}
        giving={giving}
        label={t('field.mind')}
        value={words}
        onChange={setWords}
      />
    </DeedForm>
  )
}
