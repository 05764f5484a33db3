import { Check, MessageSquarePlus, MessageSquareReply, RotateCcw, Scale, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Refused } from '#web/api/problem.ts'
import { enter, type RequestView } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice } from '#web/ui/field.tsx'
import { Bar } from '#web/ui/screen.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { type DeedAsked, DeedSheet } from './deed-sheet.tsx'
import { refusalWords } from '../../refusal.ts'

type Satisfaction = 'satisfied' | 'fair' | 'dissatisfied'
const satisfactions: Satisfaction[] = ['satisfied', 'fair', 'dissatisfied']

type Props = { request: RequestView; onChange: (request: RequestView) => void }

/**
 * What the resident may do now, as the server's abilities say: two answers of the same weight, neither of them filled.
 * Null where nothing is left to do.
 */
export function RequestBar({ request, onChange }: Props) {
  const { t } = useTranslation()
  const tell = useToast()
  const [asked, setAsked] = useState<DeedAsked>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const can = (kind: RequestView['abilities'][number]) => request.abilities.includes(kind)
  const sheet = (
    <DeedSheet request={request.id} asked={asked} onClose={() => setAsked(undefined)} onDone={onChange} />
  )

  const once = async (deed: { kind: 'confirm' } | { kind: 'rate'; satisfaction: Satisfaction }) => {
    setBusy(true)
    setError(undefined)
    try {
      onChange(await enter(request.id, { id: newId(), ...deed }))
      tell(t(`request.told_${deed.kind}`))
    } catch (failure) {
      setError(failure instanceof Refused ? refusalWords(failure) : t('deed.unsent'))
    } finally {
      setBusy(false)
    }
  }
  const under = (words: string) => (
    <p className="under" aria-live="polite">
      {error ?? words}
    </p>
  )

  if (can('confirm'))
    return (
      <Bar>
        <h2>{t('request.solved')}</h2>
        <div className="pair">
          <Button icon={RotateCcw} onClick={() => setAsked('reopen')} busy={busy}>
            {t('deed.reopen')}
          </Button>
          <Button icon={Check} onClick={() => void once({ kind: 'confirm' })} busy={busy}>
            {t('deed.confirm')}
          </Button>
        </div>
        {under(t('request.solved_under'))}
        {sheet}
      </Bar>
    )
  if (
    can('rate') &&
    (request.satisfaction === null || request.satisfaction === 'satisfied') &&
    !request.entries.some((entry) => entry.kind === 'rate')
  )
    return (
      <Bar>
        <h2>{t('request.rate')}</h2>
        <SegmentedChoice
          legend={t('request.rate')}
          value={undefined}
          options={satisfactions.map((value) => ({ value, label: t(`satisfaction.${value}`) }))}
          onChange={(satisfaction) => void once({ kind: 'rate', satisfaction })}
        />
        {under(t('request.rate_under'))}
        {can('reopen') && (
          <Button kind="quiet" wide onClick={() => setAsked('reopen')}>
            {t('request.again')}
          </Button>
        )}
        {sheet}
      </Bar>
    )
  // RQ13: who follows may say that it is not solved; that it is, is for the one who said it first.
  if (request.follows && can('reopen') && can('note'))
    return (
      <Bar>
        <h2>{t('request.solved')}</h2>
        <div className="pair">
          <Button icon={RotateCcw} onClick={() => setAsked('reopen')}>
            {t('deed.reopen')}
          </Button>
          <Button icon={MessageSquarePlus} onClick={() => setAsked('note')}>
            {t('deed.note')}
          </Button>
        </div>
        {under(t('request.follows_under'))}
        {sheet}
      </Bar>
    )
  if (request.asked && can('note'))
    return (
      <Bar>
        <Button kind="primary" wide icon={MessageSquareReply} onClick={() => setAsked('reply')}>
          {t('deed.reply')}
        </Button>
        {under(t('request.asked_under'))}
        {sheet}
      </Bar>
    )
  if (can('note') || can('withdraw'))
    return (
      <Bar>
        <div className="pair">
          {can('note') && (
            <Button icon={MessageSquarePlus} onClick={() => setAsked('note')}>
              {t('deed.note')}
            </Button>
          )}
          {can('withdraw') &&
            (request.state === 'submitted' ? (
              <Button icon={Undo2} onClick={() => setAsked('withdraw')}>
                {t('deed.withdraw')}
              </Button>
            ) : (
              <Button icon={Check} onClick={() => setAsked('fixed')}>
                {t('deed.fixed')}
              </Button>
            ))}
        </div>
        {under(t('request.climbs'))}
        {sheet}
      </Bar>
    )
  if (can('reopen') || can('appeal'))
    return (
      <Bar>
        {can('reopen') && (
          <Button wide icon={RotateCcw} onClick={() => setAsked('reopen')}>
            {t('request.again')}
          </Button>
        )}
        {can('appeal') && (
          <Button
            wide
            kind={can('reopen') ? 'quiet' : 'plain'}
            icon={Scale}
            onClick={() => setAsked('appeal')}
          >
            {t('deed.appeal')}
          </Button>
        )}
        {under(t(can('reopen') ? 'request.again_under' : 'request.appeal_under'))}
        {sheet}
      </Bar>
    )
  return null
}
