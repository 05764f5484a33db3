import { useQuery } from '@tanstack/react-query'
import { HandHelping } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerHours, mostAtOnce } from '#offers/lists.ts'
import { marksIn } from '#open311/redact.ts'
import { commonSkills, times } from '#people/rules.ts'
import type { RequestView } from '#requests/view-contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, TextArea } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { helpersFor, useOffer } from '../../../data/offers.ts'
import { ListStates } from '../../../parts/list-states.tsx'
import { ProblemNote } from '../../../parts/problem-note.tsx'
import { HelperRows } from './helper-rows.tsx'
import './offer.css'

const flip = (list: readonly string[], one: string) =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one]

/** Whom to ask, for what, until when: the best few are ticked; the desk may choose others of the row. */
export function OfferSheet({ request, onClose }: { request: RequestView; onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [id] = useState(newId)
  const [words, setWords] = useState('')
  const [skills, setSkills] = useState<string[]>([])
  const [slots, setSlots] = useState<string[]>([])
  const [hours, setHours] = useState(request.urgency === 'now' ? 2 : 24)
  const [chosen, setChosen] = useState<string[]>()
  const [missing, setMissing] = useState(false)
  const found = useQuery(helpersFor(request.id, { skills, slots }))
  const offer = useOffer(request.id)
  const row = [...(found.data?.chosen ?? []), ...(found.data?.next ?? [])]
  // What was ticked stays ticked as long as it can be asked.
  const usual = found.data?.chosen.map((one) => one.id) ?? []
  const people = (chosen ?? usual).filter((one) => row.some((each) => each.id === one))
  const marks = marksIn(words)
  const again = () => setChosen(undefined)

  async function send() {
    setMissing(words.trim().length < 2)
    if (words.trim().length < 2 || people.length === 0) return
    try {
      await offer.mutateAsync({
        ...{ id, words: words.trim(), skills, hours, people },
        slots: times.filter((one) => slots.includes(one)),
      })
    } catch {
      return // It stands in `offer.error`.
    }
    tell(t('offers.asked', { count: people.length }))
    onClose()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!offer.isPending) void send()
  }

  return (
    <Sheet title={t('offers.sheet')} open wide onClose={onClose}>
      <form className="offer-form" onSubmit={submit}>
        <div className="offer-want">
          <p className="clear-code">
            {request.code} {request.title}
          </p>
          <TextArea
            label={t('offers.words')}
            hint={t('offers.wordsHint')}
            value={words}
            rows={3}
            maxLength={300}
            error={missing && t('offers.wordsMissing')}
            onChange={(event) => setWords(event.target.value)}
          />
          <div aria-live="polite">
            {marks.length > 0 && <p className="offer-marks">{t('offers.marks')}</p>}
          </div>
          <Chips
            label={t('offers.skills')}
            options={commonSkills}
            value={skills}
            text={(one) => t(`profile.skill.${one}`)}
            onChange={(next) => (setSkills(next), again())}
          />
          <Chips
            label={t('offers.slots')}
            options={times}
            value={slots}
            text={(one) => t(`profile.time.${one}`)}
            onChange={(next) => (setSlots(next), again())}
          />
          <Select
            label={t('offers.hours')}
            value={String(hours)}
            onChange={(event) => setHours(Number(event.target.value))}
          >
            {answerHours.map((one) => (
              <option key={one} value={one}>
                {t('offers.hoursOf', { count: one })}
              </option>
            ))}
          </Select>
        </div>
        <div className="offer-people">
          <h3>{t('offers.people')}</h3>
          <ListStates
            list={found}
            count={row.length}
            failed={t('offers.failed')}
            empty={{ title: t('offers.nobody'), why: t('offers.nobodyWhy') }}
            bones={5}
          >
            <HelperRows
              rows={row}
              chosen={people}
              full={people.length >= mostAtOnce}
              onFlip={(one) => setChosen(flip(people, one))}
            />
          </ListStates>
          {found.data && found.data.left.length > 0 && (
            <p className="offer-left">
              {t('offers.left', {
                list: found.data.left
                  .map(({ why, many }) => t(`offers.leftWhy.${why}`, { count: many }))
                  .join(t('story.listComma')),
              })}
            </p>
          )}
          <ProblemNote error={offer.error} />
          <Button
            type="submit"
            kind="primary"
            icon={HandHelping}
            busy={offer.isPending}
            aria-disabled={people.length === 0 || undefined}
          >
            {t('offers.send', { count: people.length })}
          </Button>
          <p className="note">{t('offers.cause')}</p>
        </div>
      </form>
    </Sheet>
  )
}

function Chips(props: {
  label: string
  options: readonly string[]
  value: readonly string[]
  text: (one: string) => string
  onChange: (next: string[]) => void
}) {
  const { label, options, value, text, onChange } = props
  return (
    <fieldset className="offer-chips">
      <legend>{label}</legend>
      {options.map((one) => (
        <label key={one}>
          <input type="checkbox" checked={value.includes(one)} onChange={() => onChange(flip(value, one))} />
          <span>{text(one)}</span>
        </label>
      ))}
    </fieldset>
  )
}
