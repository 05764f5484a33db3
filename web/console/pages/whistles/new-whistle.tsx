import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mostRequests } from '#whistle/lists.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, Switch, TextArea, TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { useMe } from '../../data/me.ts'
import { oneRequest, requestsFound } from '../../data/requests.ts'
import { useBlow } from '../../data/whistles.ts'
import { CategoryPicker } from '../../parts/category-picker.tsx'
import { Combobox, type Option } from '../../parts/combobox.tsx'
import { PlacePicker } from '../../parts/place-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Chips } from '../../parts/chips.tsx'

type Props = { request: string | undefined; onDone: (whistle: string) => void; onCancel: () => void }

/** Blow: from requests that are there, or from a problem that becomes one in the same step. */
export function NewWhistle({ request, onDone, onCancel }: Props) {
  const { t } = useTranslation()
  const { home } = useMe()
  const tell = useToast()
  const [ids] = useState(() => ({ whistle: newId(), problem: newId() }))
  const [from, setFrom] = useState<'requests' | 'problem'>('requests')
  const [chosen, setChosen] = useState<Option[]>([])
  const [why, setWhy] = useState('')
  const [urgent, setUrgent] = useState(false)
  const [what, setWhat] = useState('')
  const [path, setPath] = useState('')
  const [place, setPlace] = useState('')
  const [category, setCategory] = useState<string>()
  const [tried, setTried] = useState(false)
  const blow = useBlow()
  const stillHere = useStillHere()
  // Whoever comes from a request has it chosen already.
  const named = useQuery({ ...oneRequest(request ?? ''), enabled: request !== undefined })
  const [given, setGiven] = useState(false)
  if (named.data && !given) {
    // Once: what is taken out again stays out, however often the request is read anew.
    setGiven(true)
    const { id, title, code } = named.data
    setChosen([{ value: id, label: title, note: code }, ...chosen.filter(({ value }) => value !== id)])
  }
  const isPlace = path.split('/').length - 1 >= 3
  const about =
    from === 'requests'
      ? chosen.length > 0 && { requests: chosen.map(({ value }) => value) }
      : what.trim() &&
        isPlace &&
        category && {
          requests: [],
          problem: { id: ids.problem, words: what.trim(), path, place: place.trim(), category },
        }
  const draft = about && why.trim() ? { id: ids.whistle, urgent, words: why.trim(), ...about } : undefined

  async function send() {
    if (!draft) return
    try {
      await blow.mutateAsync(draft)
    } catch {
      return // It stands in `blow.error`.
    }
    tell(t('whistle.blown'))
    if (stillHere()) onDone(draft.id)
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!blow.isPending) void send()
  }

  return (
    <form className="case new-whistle" onSubmit={submit} noValidate aria-labelledby="new-whistle">
      <div className="case-scroll">
        <h1 id="new-whistle">{t('whistle.new')}</h1>
        <p className="new-whistle-what">{t('whistle.newWhat')}</p>
        <div className="new-whistle-grid">
          <SegmentedChoice
            legend={t('whistle.from')}
            options={(['requests', 'problem'] as const).map((one) => ({
              value: one,
              label: t(`whistle.fromWhat.${one}`),
            }))}
            value={from}
            onChange={setFrom}
          />
          {from === 'requests' ? (
            <ChosenRequests chosen={chosen} onChange={setChosen} />
          ) : (
            <>
              <TextArea
                label={t('whistle.problem')}
                hint={t('whistle.problemHint')}
                value={what}
                maxLength={2000}
                onChange={(event) => setWhat(event.target.value)}
              />
              <PlacePicker home={home} value={path || home} onChange={setPath} />
              <TextInput
                label={t('whistle.where')}
                hint={t('field.optional')}
                value={place}
                maxLength={120}
                onChange={(event) => setPlace(event.target.value)}
              />
              <CategoryPicker value={category} onChange={setCategory} />
            </>
          )}
          <TextArea
            label={t('whistle.whyField')}
            hint={t('whistle.whyHint')}
            value={why}
            maxLength={500}
            onChange={(event) => setWhy(event.target.value)}
          />
          <Switch label={t('whistle.urgent')} on={urgent} onChange={setUrgent} />
        </div>
        <ProblemNote error={blow.error} />
        {tried && !draft && (
          <p className="deed-missing" role="alert">
            {t(`whistle.missing.${from}`)}
          </p>
        )}
        <div className="deed-do">
          <Button type="submit" kind="primary" busy={blow.isPending}>
            {t('whistle.blowNow')}
          </Button>
          <Button kind="quiet" onClick={onCancel}>
            {t('deed.cancel')}
          </Button>
          <p>{t('whistle.cause.form')}</p>
        </div>
      </div>
    </form>
  )
}

/** Requests found by words or code; they keep their order, and the first gives the whistle its name. */
function ChosenRequests({ chosen, onChange }: { chosen: Option[]; onChange: (chosen: Option[]) => void }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query.trim())
  const found = useQuery({ ...requestsFound(wanted), enabled: wanted.length > 1 })
  const options = (found.data?.items ?? [])
    .filter(({ id }) => !chosen.some(({ value }) => value === id))
    .map(({ id, title, code }) => ({ value: id, label: title, note: code }))
  return (
    <div>
      {chosen.length < mostRequests && (
        <Combobox
          label={t('whistle.addRequest')}
          hint={t('whistle.addRequestHint')}
          options={options}
          value={undefined}
          onChange={(option) => option && onChange([...chosen, option])}
          query={query}
          onQuery={setQuery}
          loading={found.isFetching}
          placeholder={t('whistle.findRequest')}
        />
      )}
      <Chips
        items={chosen}
        without={(one) => t('whistle.leaveOut', { title: one.label })}
        onChange={onChange}
      />
    </div>
  )
}
