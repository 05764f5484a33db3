import { ChevronRight, NotebookPen } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Loading } from '#web/ui/states.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { useBook } from '../../kept/book.ts'
import { entryOf } from '../../kept/entry.ts'
import type { Household } from '../../kept/overlay.ts'
import { noteRead } from '../../kept/reads.ts'
import { householdById } from '../../kept/views.ts'
import { Question } from '../../parts/choices.tsx'
import { useDoing } from '../../parts/doing.ts'
import { HouseholdHead } from '../../parts/household-head.tsx'
import { Problem } from '../../parts/problem.tsx'
import { useTaken } from '../../parts/taken.ts'
import { WordsAndFiles } from '../../parts/words-and-files.tsx'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { Heard } from './heard.tsx'
import { useMending } from '../../parts/mending.ts'
import { draftOf, emptyVisit, nextDays, today, type VisitDraft, visitData, withGuesses } from './draft.ts'
import { useKeptDraft } from '../../parts/kept-draft.ts'
import './visit.css'

const outcomes = ['met', 'not_at_home', 'declined', 'moved'] as const
const hows = ['fine', 'difficulty', 'come_more_often'] as const

/** When one comes again: next Wednesday, next Friday, or a day that is picked. */
function When({
  on,
  onChange,
  met,
}: {
  on: string | undefined
  onChange: (on?: string) => void
  met: boolean
}) {
  const { t } = useTranslation()
  const now = useNow()
  const { wednesday, friday } = nextDays(now)
  const [picking, setPicking] = useState(false)
  const isOther = on !== undefined && on !== wednesday && on !== friday
  const value =
    isOther || picking ? 'other' : on === wednesday ? 'wednesday' : on === friday ? 'friday' : undefined
  return (
    <>
      <Question
        number={met ? 3 : 2}
        title={t(met ? 'visit.again' : 'visit.again_try')}
        options={(['wednesday', 'friday', 'other'] as const).map((one) => ({
          value: one,
          label: t(`visit.${one}`),
        }))}
        value={value}
        onChange={(chosen) => {
          setPicking(chosen === 'other')
          onChange(chosen === 'wednesday' ? wednesday : chosen === 'friday' ? friday : undefined)
        }}
      />
      {value === 'other' && (
        <TextInput
          label={t('visit.day')}
          type="date"
          min={today(now)}
          value={on ?? ''}
          onChange={(event) => onChange(event.target.value || undefined)}
        />
      )}
    </>
  )
}

function VisitForm({ household }: { household: Household }) {
  const { t } = useTranslation()
  const [, go] = useLocation()
  const tell = useToast()
  const doing = useDoing()
  const stillHere = useStillHere()
  const mended = useMending('visit')
  const [draft, change, forget] = useKeptDraft<VisitDraft>(
    `visit/${household.id}`,
    mended ? draftOf(mended.entry.data) : emptyVisit,
    mended !== undefined,
  )
  const taken = useTaken()
  const [missing, setMissing] = useState(false)
  const needs = withGuesses(draft)
  const agreed = needs.filter((need) => need.agreed).length
  const met = draft.outcome === 'met'
  const save = () => {
    if (!draft.outcome) return setMissing(true)
    return void doing.run(async () => {
      const data = visitData(household.id, { ...draft, needs }, taken.kept)
      const entry = entryOf('visit', data, { base: household.version, mends: mended?.entry.id })
      await taken.keep(entry)
      await forget()
      tell(agreed > 0 ? t('visit.kept_needs', { count: agreed }) : t('visit.kept'))
      if (stillHere()) go(paths.today())
    })
  }
  return (
    <Screen
      top={<HouseholdHead household={household} onBack={() => history.back()} />}
      bar={
        <Bar>
          <Button kind="primary" wide onClick={save} busy={doing.busy}>
            {met && agreed > 0 ? t('visit.save_needs', { count: agreed }) : t('visit.save')}
          </Button>
          <p className="under">{t('visit.promise')}</p>
        </Bar>
      }
    >
      <Problem error={doing.error} />
      {mended?.problem && <p className="lost">{mended.problem.detail || mended.problem.title}</p>}
      <Question
        number={1}
        title={t('visit.met')}
        options={outcomes.map((value) => ({ value, label: t(`outcome.short.${value}`) }))}
        value={draft.outcome}
        onChange={(outcome) => {
          setMissing(false)
          change({ outcome })
        }}
        error={missing ? t('visit.met_missing') : undefined}
      />
      {met && (
        <Question
          number={2}
          title={t('visit.how')}
          options={hows.map((value) => ({ value, label: t(`how.${value}`) }))}
          value={draft.how}
          onChange={(how) => change({ how })}
        />
      )}
      {draft.outcome !== 'moved' && <When on={draft.on} met={met} onChange={(on) => change({ on })} />}
      <WordsAndFiles
        label={t('visit.words')}
        words={draft.words}
        onWords={(words) => change({ words })}
        files={taken.files}
        onFiles={taken.onFiles}
      />
      {met && (
        <Heard
          needs={needs}
          onChange={(next, dropped) => change({ needs: next, dropped: [...draft.dropped, ...dropped] })}
        />
      )}
      <Link className="change" href={paths.edit(household.id)}>
        <Icon of={NotebookPen} />
        <span className="grow">{t('edit.way')}</span>
        <Icon of={ChevronRight} size="s" />
      </Link>
    </Screen>
  )
}

/** A visit: three taps and a sentence, or a recording. No photo and no position is asked for (VR6). */
export function VisitPage({ id }: { id: string }) {
  const { t } = useTranslation()
  const book = useBook()
  const [, go] = useLocation()
  const household = householdById(book, id)
  const known = household !== undefined
  useTitle(t('nav.visit'))
  useEffect(() => {
    if (known) void noteRead(id)
  }, [known, id])
  if (household) return <VisitForm household={household} />
  return (
    <Screen top={<Top title={t('nav.visit')} onBack={() => go(paths.today())} />}>
      {book.ready ? <Empty title={t('household.gone')} why={t('household.gone_why')} /> : <Loading />}
    </Screen>
  )
}
