import { ShieldCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Figures, Scenario } from '#liaison/contract.ts'
import type { Side } from '#liaison/lists-contract.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Lacks } from './lacks.tsx'

/** Which list a figure opens onto. */
export type Opened = { figure: FigureName; side: Side }
export type FigureName =
  | 'unserved'
  | 'over'
  | 'under'
  | 'meanMetres'
  | 'farthestMetres'
  | 'shared'
  | 'changed'

const figures: readonly FigureName[] = [
  'unserved',
  'over',
  'under',
  'meanMetres',
  'farthestMetres',
  'shared',
  'changed',
]
const inMetres = (name: FigureName) => name === 'meanMetres' || name === 'farthestMetres'

/** Now, as it was worked out, and with what hands changed; each figure opens its list (boundary 19). */
export function ComparePane({ plan, onOpen }: { plan: Scenario; onOpen: (opened: Opened) => void }) {
  const { t } = useTranslation()
  const { comparison } = plan
  if (!comparison) return null
  const { now, solved, planned } = comparison
  const byHand = plan.adjustments.length > 0
  const sides: { side: Side; of: Figures; name: string }[] = [
    { side: 'now', of: now, name: t('plans.side.now') },
    ...(byHand && solved ? [{ side: 'solved' as const, of: solved, name: t('plans.side.solved') }] : []),
    ...(planned
      ? [
          {
            side: 'planned' as const,
            of: planned,
            name: t(byHand ? 'plans.side.hand' : 'plans.side.planned'),
          },
        ]
      : []),
  ]
  const say = (name: FigureName, value: number | null) =>
    value === null ? t('plans.none') : inMetres(name) ? t('plans.metres', { count: value }) : value
  return (
    <section className="plan-compare">
      <h2>{t('plans.compare')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">{t('plans.figure.label')}</span>
            </th>
            {sides.map(({ side, name }) => (
              <th scope="col" key={side}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`plans.figure.${name}`, { least: plan.least, most: plan.most })}</th>
              {sides.map(({ side, of }, at) => (
                <td key={side} className={at === sides.length - 1 ? 'last' : undefined}>
                  {(of[name] ?? 0) === 0 || (name === 'changed' && side === 'now') ? (
                    <span>
                      {name === 'changed' && side === 'now' ? t('plans.none') : say(name, of[name])}
                    </span>
                  ) : (
                    <button type="button" onClick={() => onOpen({ figure: name, side })}>
                      {say(name, of[name])}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Proof plan={plan} />
      <Lacks plan={plan} />
    </section>
  )
}

/** What is proven, in one sentence; said only of what was. */
function Proof({ plan }: { plan: Scenario }) {
  const { t } = useTranslation()
  const { solved, planned } = plan.comparison ?? {}
  if (!plan.proven || !solved || !planned) {
    return plan.state === 'published' && !plan.proven ? (
      <p className="plan-proof plain">
        <Icon of={TriangleAlert} size="s" />
        <span>{t('plans.unproven')}</span>
      </p>
    ) : null
  }
  const more = planned.totalMetres - solved.totalMetres
  const said = t(plan.stability === 0 ? 'plans.proven' : 'plans.provenStable', {
    least: plan.least,
    most: plan.most,
    metres: solved.meanMetres ?? 0,
    stability: plan.stability,
  })
  const hand =
    plan.adjustments.length > 0
      ? t(more >= 0 ? 'plans.handMore' : 'plans.handLess', {
          count: plan.adjustments.length,
          total: Math.abs(more),
        })
      : ''
  return (
    <p className="plan-proof">
      <Icon of={ShieldCheck} size="s" />
      <span>
        {said}
        {hand}
      </span>
    </p>
  )
}
