import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '#liaison/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useNow } from '#web/ui/now.ts'
import { useApproval, usePlanStep } from '../../data/plans.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { noon, shortDate } from '../../time.ts'

/** The one button that brings a plan on: worked out, approved by a second person, published. */
export function Decide({ plan, onSolve }: { plan: Scenario; onSolve: () => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'approve' | 'publish'>()
  const { abilities } = plan
  const close = () => setOpen(undefined)
  return (
    <>
      {plan.state === 'draft' && abilities.includes('solve') && (
        <Button kind="primary" onClick={onSolve}>
          {t('plans.solve')}
        </Button>
      )}
      {abilities.includes('approve') && (
        <Button kind="primary" onClick={() => setOpen('approve')}>
          {t('plans.approve')}
        </Button>
      )}
      {abilities.includes('publish') && (
        <Button kind="primary" onClick={() => setOpen('publish')}>
          {t('plans.publish')}
        </Button>
      )}
      <Approve plan={plan} open={open === 'approve'} onClose={close} />
      <Publish plan={plan} open={open === 'publish'} onClose={close} />
    </>
  )
}

type Asked = { plan: Scenario; open: boolean; onClose: () => void }

function Approve({ plan, open, onClose }: Asked) {
  const { t } = useTranslation()
  const tell = useToast()
  const approval = useApproval(plan)
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const planned = plan.comparison?.planned
  const broken = planned ? planned.unserved + planned.over + planned.under > 0 : false
  const submit = () => {
    setTried(true)
    if (broken && words.trim().length < 2) return
    approval.mutate(broken ? words.trim() : undefined, {
      afterwards: () => tell(t('plans.approved')),
      onSuccess: onClose,
    })
  }
  return (
    <Sheet title={t('plans.approveTitle')} open={open} onClose={onClose}>
      <p>{t('plans.approveSays', { name: plan.draftedBy.name, count: plan.adjustments.length })}</p>
      {broken && planned && (
        <>
          <p className="plan-holds not">
            {t('plans.broken', { count: planned.unserved, over: planned.over, under: planned.under })}
          </p>
          <TextInput
            label={t('plans.brokenWhy')}
            value={words}
            maxLength={200}
            error={tried && words.trim().length < 2 && t('plans.whyMissing')}
            onChange={(event) => setWords(event.target.value)}
          />
        </>
      )}
      <ProblemNote error={approval.error} />
      <Button kind="primary" wide busy={approval.isPending} onClick={submit}>
        {t('plans.approve')}
      </Button>
    </Sheet>
  )
}

function Publish({ plan, open, onClose }: Asked) {
  const { t } = useTranslation()
  const tell = useToast()
  const now = useNow()
  const step = usePlanStep()
  const planned = plan.comparison?.planned
  const submit = () =>
    step.mutate(
      { plan, step: 'publication' },
      {
        afterwards: () => tell(t('plans.published')),
        onSuccess: onClose,
      },
    )
  return (
    <Sheet title={t('plans.publishTitle')} open={open} onClose={onClose}>
      <p>
        {t('plans.publishSays', {
          day: shortDate(t, noon(plan.startsOn), now),
          count: planned?.changed ?? 0,
          people: planned?.people ?? 0,
        })}
      </p>
      <ProblemNote error={step.error} />
      <Button kind="primary" wide busy={step.isPending} onClick={submit}>
        {t('plans.publish')}
      </Button>
      {plan.abilities.includes('reopen') && (
        <Button
          kind="quiet"
          wide
          onClick={() => step.mutate({ plan, step: 'reopening' }, { onSuccess: onClose })}
        >
          {t('plans.reopen')}
        </Button>
      )}
    </Sheet>
  )
}
