import { ArrowRight, Check, TriangleAlert, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Adjusted, Price, Scenario } from '#liaison/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useUndoMove } from '../../data/plans.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

/** What hands changed, the newest first; each can be taken back while its doors are where it put them. */
export function Moves({ plan }: { plan: Scenario }) {
  const { t } = useTranslation()
  const tell = useToast()
  const undo = useUndoMove(plan.id)
  if (plan.adjustments.length === 0) return null
  const may = plan.abilities.includes('adjust')
  return (
    <section className="plan-moves">
      <h2>{t('plans.moved', { count: plan.adjustments.length })}</h2>
      <ol>
        {plan.adjustments.toReversed().map((move) => (
          <li key={move.id}>
            <MoveSays move={move} />
            {may && (
              <Button
                wide
                icon={Undo2}
                busy={undo.isPending && undo.variables === move.id}
                onClick={() => undo.mutate(move.id, { afterwards: () => tell(t('plans.undone')) })}
              >
                {t('plans.undo')}
              </Button>
            )}
            {undo.variables === move.id && <ProblemNote error={undo.error} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

function MoveSays({ move }: { move: Adjusted }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="plan-what">{t('plans.moveWhat', { place: move.place, count: move.households })}</p>
      <p className="plan-who">
        {move.from?.name ?? t('plans.nobody')}
        <Icon of={ArrowRight} size="s" />
        <span className="vh">{t('plans.to')}</span>
        {move.to.name}
      </p>
      <dl>
        <dt>{t(move.metresMore >= 0 ? 'plans.totalMore' : 'plans.totalLess')}</dt>
        <dd>{t('plans.metres', { count: Math.abs(move.metresMore) })}</dd>
      </dl>
      <p className="plan-reason">{t('plans.because', { reason: move.reason, name: move.by.name })}</p>
    </>
  )
}

/** What a move would cost, before it is made. */
export function PriceSays({ price }: { price: Price }) {
  const { t } = useTranslation()
  const nearer = price.metresEach < 0
  const lot = ({
    before,
    after,
    most,
    least,
  }: {
    before: number
    after: number
    most: number
    least: number
  }) =>
    t(
      after > most
        ? 'plans.lotOver'
        : after === most
          ? 'plans.lotFull'
          : after < least
            ? 'plans.lotUnder'
            : 'plans.lot',
      {
        before,
        after,
      },
    )
  return (
    <div aria-live="polite">
      <dl>
        <dt>{t(nearer ? 'plans.eachLess' : 'plans.eachMore', { count: price.households })}</dt>
        <dd>{t('plans.metres', { count: Math.abs(price.metresEach) })}</dd>
        <dt>{t(nearer ? 'plans.totalLess' : 'plans.totalMore')}</dt>
        <dd>{t('plans.metres', { count: Math.abs(price.metresMore) })}</dd>
        {price.from && (
          <>
            <dt>{price.from.person.name}</dt>
            <dd>{lot(price.from)}</dd>
          </>
        )}
        <dt>{price.to.person.name}</dt>
        <dd>{lot(price.to)}</dd>
      </dl>
      <p className={price.holds ? 'plan-holds' : 'plan-holds not'}>
        <Icon of={price.holds ? Check : TriangleAlert} size="s" />
        {t(price.holds ? 'plans.holds' : 'plans.holdsNot', { least: price.to.least, most: price.to.most })}
      </p>
    </div>
  )
}
