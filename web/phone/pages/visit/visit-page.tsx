import { Check, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Refused } from '#web/api/problem.ts'
import { answerVisit, type Question, readQuestion } from '#web/api/visits.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayDate } from '#web/ui/say-time.ts'
import { Bar, Screen } from '#web/ui/screen.tsx'
import { Empty, Failed, Loading, RowBones } from '#web/ui/states.tsx'
import { paths } from '../../paths.ts'
import { refusalWords } from '../../refusal.ts'
import { useTitle } from '../../title.ts'
import './visit.css'

/**
 * "Were they here?": who and when, two answers that weigh the same, and room for a word (boundary 13). Whoever holds the
 * link reads nothing else, of themselves or of anybody.
 */
export function VisitPage({ token }: { token: string }) {
  const { t } = useTranslation()
  const [, go] = useLocation()
  const [question, setQuestion] = useState<Question>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(true)
  useTitle(t('visit.title'))

  const load = () => {
    setBusy(true)
    setError(undefined)
    readQuestion(token)
      .then(setQuestion, setError)
      .finally(() => setBusy(false))
  }
  useEffect(load, [token])

  return (
    <Screen
      top={<header className="top" />}
      bar={
        <Bar bare>
          <Button kind="quiet" wide onClick={() => go(paths.home())}>
            {t('visit.home')}
          </Button>
        </Bar>
      }
    >
      {error instanceof Refused && error.problem.code === 'visit.no_such_link' ? (
        <Empty title={t('visit.gone')} why={t('visit.gone_why')} />
      ) : (
        Boolean(error) && (
          <Failed
            what={t('visit.failed')}
            safe={error instanceof Refused ? refusalWords(error) : t('unreachable')}
            onRetry={load}
            busy={busy}
          />
        )
      )}
      {!question && !error && (
        <Loading>
          <RowBones rows={3} />
        </Loading>
      )}
      {question &&
        (question.answer === null ? <Ask {...{ token, question, setQuestion }} /> : <Told of={question} />)}
    </Screen>
  )
}

function Ask(props: { token: string; question: Question; setQuestion: (answered: Question) => void }) {
  const { token, question, setQuestion } = props
  const { t } = useTranslation()
  const now = useNow()
  const [words, setWords] = useState('')
  const [talks, setTalks] = useState(false)
  const [busy, setBusy] = useState<'yes' | 'no'>()
  const [wrong, setWrong] = useState<string>()

  const say = (answer: 'yes' | 'no') => {
    setBusy(answer)
    setWrong(undefined)
    const said = words.trim()
    answerVisit(token, { answer, ...(said && { words: said }) })
      .then(setQuestion, (error: unknown) =>
        setWrong(error instanceof Refused ? refusalWords(error) : t('unreachable')),
      )
      .finally(() => setBusy(undefined))
  }

  return (
    <>
      <h1 className="visit-ask">
        {t('visit.ask', { name: question.visitor, day: sayDate(t, `${question.onDay}T04:00:00Z`, now) })}
      </h1>
      <p className="lede">{t('visit.why')}</p>
      <div className="visit-answers">
        <Button wide icon={Check} busy={busy === 'yes'} onClick={() => say('yes')}>
          {t('visit.yes')}
        </Button>
        <Button wide icon={X} busy={busy === 'no'} onClick={() => say('no')}>
          {t('visit.no')}
        </Button>
      </div>
      {talks ? (
        <TextArea
          label={t('visit.words')}
          hint={t('visit.words_hint')}
          value={words}
          rows={3}
          maxLength={1000}
          onChange={(event) => setWords(event.target.value)}
        />
      ) : (
        <Button kind="link" onClick={() => setTalks(true)}>
          {t('visit.talk')}
        </Button>
      )}
      <div aria-live="polite">{wrong && <p className="visit-wrong">{wrong}</p>}</div>
      <p className="note">{t('visit.once')}</p>
    </>
  )
}

function Told({ of }: { of: Question }) {
  const { t } = useTranslation()
  const now = useNow()
  const day = sayDate(t, `${of.onDay}T04:00:00Z`, now)
  return (
    <Card pad className="visit-told" role="status">
      <h1>{t('visit.thanks')}</h1>
      <p>{t(`visit.told_${of.answer ?? 'yes'}`, { name: of.visitor, day })}</p>
    </Card>
  )
}
