import { Hourglass } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { Tag, type Tone } from '#web/ui/tag.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { type Push, useDecision, useWithdrawal } from '../../data/matters.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { noon, shortDate } from '../../time.ts'

const tones: Record<Push['standing'], Tone> = {
  waiting: 'soon',
  coming: 'none',
  now: 'done',
  over: 'none',
  refused: 'none',
  withdrawn: 'none',
}

/** One thing that is asked: by whom, of whom, on what ground, what it costs and when it ends by itself. */
export function OnePush({ push, now }: { push: Push; now: string }) {
  const { t, i18n } = useTranslation()
  const from = shortDate(t, noon(push.startsOn), now)
  const matter = push.matter && (i18n.language === 'en' ? push.matter.en : push.matter.zh)
  return (
    <li>
      <header>
        <h3>{push.title}</h3>
        <Tag tone={tones[push.standing]} {...(push.standing === 'waiting' && { icon: Hourglass })}>
          {t(`matters.standing.${push.standing}`)}
        </Tag>
      </header>
      <p className="matters-line">
        {t('matters.line', { organisation: push.organisation.name, name: push.by, place: push.place })}
      </p>
      <p>{push.words}</p>
      <dl>
        <dt>{t('matters.ground')}</dt>
        <dd>
          {matter
            ? t('matters.onList', { matter })
            : t(push.standing === 'waiting' ? 'matters.offList' : 'matters.offListAsked')}
        </dd>
        {push.purpose && (
          <>
            <dt>{t('matters.purpose')}</dt>
            <dd>{push.purpose}</dd>
          </>
        )}
        {push.hours !== null && (
          <>
            <dt>{t('matters.hours')}</dt>
            <dd>{t('matters.hoursMany', { count: push.hours })}</dd>
          </>
        )}
        <dt>{t('matters.days')}</dt>
        <dd>
          {push.endsOn
            ? t('matters.fromUntil', { from, until: shortDate(t, noon(push.endsOn), now) })
            : t('matters.from', { from })}
        </dd>
        {push.decision && (
          <>
            <dt>{t('matters.decided')}</dt>
            <dd>{t('matters.decidedBy', { name: push.decision.by, words: push.decision.words ?? '' })}</dd>
          </>
        )}
      </dl>
      {push.mayDecide && <Decide push={push} />}
      {push.mayWithdraw && <Withdraw push={push} />}
    </li>
  )
}

/** GM3: with words either way. Two answers weigh the same; neither is filled. */
function Decide({ push }: { push: Push }) {
  const { t } = useTranslation()
  const tell = useToast()
  const decide = useDecision(push)
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  function send(agree: boolean) {
    setTried(true)
    if (!words.trim() || decide.isPending) return
    decide.mutate(
      { agree, words: words.trim() },
      { afterwards: () => tell(t(agree ? 'matters.agreed' : 'matters.refused')) },
    )
  }
  return (
    <div className="matters-decide">
      <TextArea
        label={t('matters.why')}
        rows={2}
        maxLength={300}
        value={words}
        error={tried && !words.trim() && t('matters.whyMissing')}
        onChange={(event) => setWords(event.target.value)}
      />
      <ProblemNote error={decide.error} />
      <div>
        <Button small busy={decide.isPending} onClick={() => send(true)}>
          {t('matters.agree')}
        </Button>
        <Button small busy={decide.isPending} onClick={() => send(false)}>
          {t('matters.refuse')}
        </Button>
      </div>
    </div>
  )
}

function Withdraw({ push }: { push: Push }) {
  const { t } = useTranslation()
  const tell = useToast()
  const withdraw = useWithdrawal(push)
  return (
    <div className="matters-decide">
      <ProblemNote error={withdraw.error} />
      <div>
        <Button
          small
          kind="quiet"
          busy={withdraw.isPending}
          onClick={() => withdraw.mutate(undefined, { afterwards: () => tell(t('matters.withdrawn')) })}
        >
          {t('matters.withdraw')}
        </Button>
      </div>
    </div>
  )
}
