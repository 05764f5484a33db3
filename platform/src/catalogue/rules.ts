import type { Limit } from '#deadlines/contract.ts'
import type { Step } from './contract.ts'
import words from './data/limit-words.json' with { type: 'json' }

const units = words.units as Record<string, Limit['unit']>
const part = new RegExp(`^(?<before>\\D*?)(?:${words.atOnce}~|\\d+~)?(?<amount>\\d+)(?<unit>${Object.keys(units).join('|')})${words.within}?(?<after>.*)$`)

/**
 * CA1 Reads a limit as the list of categories words it, several steps where it says so: a stoppage within 4 working
 * hours, then a demolition within 20 working days. Of a range the longer end is the limit; a remark in brackets is not a
 * step's name.
 *
 * @throws RangeError naming the text it cannot read.
 */
export function parseLimitText(text: string): Step[] {
  return text.split(words.between).map((piece) => {
    const found = part.exec(piece.trim().replace(/\(.*?\)$/, ''))?.groups
    const unit = found?.['unit'] && units[found['unit']]
    if (!found || !unit) throw new RangeError(`not a limit: ${text}`)
    return { name: `${found['before']}${found['after']}`, unit, amount: Number(found['amount']) }
  })
}

/** CA2 A request that needs doing now is due within 24 hours, whatever its category leaves. */
export const atOnceLimit: Limit = { unit: 'calendar_hours', amount: 24 }

/** CA3 What is answered on the spot without a category and then reopened has five working days. */
export const defaultLimit: Limit = { unit: 'working_days', amount: 5 }

const hoursOf = { working_hours: 3, calendar_hours: 1, working_days: 34, calendar_days: 24 }

/** The limit of the matter: the last step; for urgency `now` never more than 24 hours. */
export function limitFor(steps: readonly Step[], urgency: 'now' | 'by_date' | 'explain' | null): Limit {
  const last = steps.at(-1) ?? defaultLimit
  const own: Limit = { unit: last.unit, amount: last.amount }
  return urgency === 'now' && own.amount * hoursOf[own.unit] > atOnceLimit.amount ? atOnceLimit : own
}

/** Departments out of a cell where a slash parts leads and a plus sign begins the helpers, in order. */
export function parseLeads(text: string): string[] {
  return text.split('+')[0]!.split('/')
}
