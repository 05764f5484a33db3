import { useTranslation } from 'react-i18next'
import type { Bars, Scenario } from '#liaison/contract.ts'

const width = 300
const height = 76
const foot = 16

/** How evenly it lies: people by households, households by how far; the present in outline behind the plan. */
export function Fairness({ plan }: { plan: Scenario }) {
  const { t } = useTranslation()
  if (!plan.comparison?.planned) return null
  const { byHouseholds, byMetres } = plan.comparison
  return (
    <section className="plan-fair">
      <h2>{t('plans.fair')}</h2>
      <Chart bars={byHouseholds} title={t('plans.byHouseholds')} unit="plans.peopleCount" />
      <Chart bars={byMetres} title={t('plans.byMetres')} unit="plans.households" />
      <p className="plan-fair-key">
        <i className="now" aria-hidden="true" />
        {t('plans.side.now')}
        <i className="planned" aria-hidden="true" />
        {t('plans.side.planned')}
      </p>
    </section>
  )
}

function Chart({ bars, title, unit }: { bars: Bars; title: string; unit: string }) {
  const { t } = useTranslation()
  const shown = bars.filter(({ now, planned }, at) => now + planned > 0 || at > 0)
  const highest = Math.max(1, ...shown.flatMap(({ now, planned }) => [now, planned]))
  const step = width / Math.max(1, shown.length)
  const high = (value: number) => ((height - foot - 14) * value) / highest
  const range = ({ from, until }: Bars[number]) =>
    until === null
      ? t('plans.andMore', { from })
      : until - from === 1
        ? String(from)
        : t('plans.range', { from, until: until - 1 })
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={shown
          .map((bar) =>
            t('plans.bar', {
              range: range(bar),
              now: t(unit, { count: bar.now }),
              planned: t(unit, { count: bar.planned }),
            }),
          )
          .join(t('plans.listComma'))}
      >
        {shown.map((bar, at) => {
          const x = at * step
          return (
            <g key={bar.from}>
              <rect
                className="now"
                x={x + 2}
                y={height - foot - high(bar.now)}
                width={step - 8}
                height={high(bar.now)}
              />
              <rect
                className="planned"
                x={x + 6}
                y={height - foot - high(bar.planned)}
                width={step - 8}
                height={high(bar.planned)}
              />
              {bar.planned > 0 && (
                <text
                  x={x + 2 + step / 2}
                  y={height - foot - Math.max(high(bar.planned), high(bar.now)) - 3}
                  textAnchor="middle"
                >
                  {bar.planned}
                </text>
              )}
              <text x={x + step / 2} y={height - 4} textAnchor="middle" className="foot">
                {bar.until === null ? `${bar.from}+` : bar.from}
              </text>
            </g>
          )
        })}
        <path className="base" d={`M0 ${height - foot + 0.5}h${width}`} />
      </svg>
    </figure>
  )
}
