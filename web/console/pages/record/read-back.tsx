import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Seal } from '#web/ui/seal.tsx'
import type { Recorded } from '../../data/submit.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { paths } from '../../paths.ts'

/** What to read to the person on the phone: the code, who has it now, what happens by when. */
export function ReadBack(props: { recorded: Recorded; confidential: boolean; onAgain: () => void }) {
  const { recorded, confidential, onAgain } = props
  const { t } = useTranslation()
  const now = useNow()
  const { receipt, accepted, refused } = recorded
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [])
  const by = sayMoment(t, receipt.triageDueAt, now)
  return (
    <div className="page record">
      <div className="read-back">
        <h1 ref={head} tabIndex={-1}>
          {t('record.recorded')}
        </h1>
        <p className="second">{t('record.readIt')}</p>
        <p className="read-code">{receipt.code}</p>
        <div className="turn">
          <Seal name={receipt.holder.organisation.name} />
          <p className="turn-who">
            <b>{t('record.holder', { name: receipt.holder.organisation.name })}</b>
            <small>{accepted ? t('record.acceptedNow') : t('record.triage', { by })}</small>
          </p>
        </div>
        <p className="second read-how">{t(confidential ? 'confidence.noCode' : 'record.follow')}</p>
        <ProblemNote error={refused} />
        <div className="deed-do">
          <Button kind="primary" onClick={onAgain}>
            {t('record.again')}
          </Button>
          <Link className="btn" to={paths.inbox} params={{ id: receipt.id }} search={{ queue: 'mine' }}>
            {t('record.open')}
          </Link>
        </div>
      </div>
    </div>
  )
}
