import { useQuery } from '@tanstack/react-query'
import { Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpotList } from '#visits/spot-contract.ts'
import { spotResults } from '#visits/lists.ts'
import { Button } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { SegmentedChoice, TextInput } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { useToast } from '#web/ui/toast.tsx'
import { enterSpot, revealSpot, spotChecks, useVisitChange } from '../../data/visits.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { dayText } from './said.ts'
import '../../styles/deeds.css'

type Item = SpotList['items'][number]

/** Whom my desk asks whether somebody was there: drawn by lot, with what to say and three possible results. */
export function SpotsTab() {
  const { t } = useTranslation()
  const list = useQuery(spotChecks)
  const [open, setOpen] = useState<string>()
  const items = list.data?.items ?? []
  return (
    <>
      {list.data && <p className="visit-lead">{t('visits.spotShare', { percent: list.data.percent })}</p>}
      <ListStates
        list={list}
        count={items.length}
        failed={t('visits.failedSpots')}
        empty={{ title: t('visits.noSpots'), why: t('visits.noSpotsWhy') }}
      >
        <ol className="visit-rules">
          {items.map((item) => (
            <li key={item.visit}>
              <Row item={item} open={open === item.visit} onOpen={setOpen} />
              {open === item.visit && <Ask item={item} onDone={() => setOpen(undefined)} />}
            </li>
          ))}
        </ol>
      </ListStates>
    </>
  )
}

function Row(props: { item: Item; open: boolean; onOpen: (visit: string | undefined) => void }) {
  const { item, open, onOpen } = props
  const { t } = useTranslation()
  const now = useNow()
  return (
    <div className="visit-rule">
      <div className="visit-door">
        <Door number={item.door} />
        <span>
          {item.place}
          <small>{t('visits.spotLine', { name: item.visitor, day: dayText(t, item.onDay, now) })}</small>
        </span>
      </div>
      <span className="visit-rule-open">
        {item.tries > 0 && t('visits.spotTries', { count: item.tries })}
      </span>
      <Button small icon={Phone} aria-expanded={open} onClick={() => onOpen(open ? undefined : item.visit)}>
        {t('visits.spotCall')}
      </Button>
    </div>
  )
}

/** The call: the number for a reason, the script, the result. */
function Ask({ item, onDone }: { item: Item; onDone: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const tell = useToast()
  const [reason, setReason] = useState(t('visits.spotReason'))
  const [result, setResult] = useState<(typeof spotResults)[number]>()
  const [words, setWords] = useState('')
  const number = useVisitChange(revealSpot)
  const send = useVisitChange(enterSpot)
  return (
    <form
      className="visit-rule-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!result) return
        const said = { result, ...(words.trim() && { words: words.trim() }) }
        send.mutate(
          { visit: item.visit, said },
          {
            afterwards: (done) => tell(t(done.result ? 'visits.spotDone' : 'visits.spotAgain')),
            onSuccess: onDone,
          },
        )
      }}
    >
      {number.data ? (
        <p className="visit-number">
          {number.data.name}
          <b>{number.data.phone ?? t('visits.spotNoPhone')}</b>
        </p>
      ) : (
        <div className="visit-reveal">
          <TextInput
            label={t('visits.spotWhy')}
            hint={t('visits.spotWhyHint')}
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button
            small
            busy={number.isPending}
            disabled={reason.trim().length < 2}
            onClick={() => number.mutate({ visit: item.visit, reason: reason.trim() })}
          >
            {t('visits.spotReveal')}
          </Button>
        </div>
      )}
      <ProblemNote error={number.error} />
      <ol className="script">
        <li>{t('visits.script1')}</li>
        <li>{t('visits.script2', { name: item.visitor, day: dayText(t, item.onDay, now) })}</li>
        <li>{t('visits.script3')}</li>
      </ol>
      <SegmentedChoice
        legend={t('visits.spotResult')}
        options={spotResults.map((one) => ({ value: one, label: t(`visits.spot.${one}`) }))}
        value={result}
        onChange={setResult}
      />
      <TextInput
        label={t('visits.spotWords')}
        value={words}
        maxLength={500}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={send.isPending} disabled={!result}>
          {t('visits.spotSave')}
        </Button>
        <p>{t('visits.spotCause')}</p>
      </div>
      <ProblemNote error={send.error} />
    </form>
  )
}
