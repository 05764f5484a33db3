import type { Limit } from '#deadlines/contract.ts'
import type { Step } from './contract.ts'
import words from './data/limit-words.json' with { type: 'json' }

const units = words.units as Record<string, Limit['unit']>
const part = new RegExp(
  `^(?<before>\\D*?)(?:${words.atOnce}~|\\d+~)?(?<amount>\\d+)(?<unit>${Object.keys(units).join('|')})${words.within}?(?<after>.*)$`,
)

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

/** CA2 A request that needs doing now is due within 24 hours by the clock, nights and holidays included. */
export const atOnceLimit: Limit = { unit: 'calendar_hours', amount: 24 }

/** CA3 What is answered on the spot without a category and then reopened has five working days. */
export const defaultLimit: Limit = { unit: 'working_days', amount: 5 }

/**
 * CA2 The limits that bind the matter; the one that ends first is its due time. Which one that is depends on the moment:
 * four working hours end before 24 hours on a Monday morning and after them on a Friday evening.
 *
 * @param steps of the category; empty for a request that has none.
 */
export function limitsFor(steps: readonly Step[], urgency: 'now' | 'by_date' | 'explain' | null): Limit[] {
  const { unit, amount } = steps.at(-1) ?? defaultLimit
  const own: Limit = { unit, amount }
  return urgency === 'now' ? [own, atOnceLimit] : [own]
}

/**
 * CA4 Departments out of a cell where a slash parts those of which one leads, and a plus sign begins those that help.
 *
 * @returns short names, in order.
 */
export function parseDepartments(text: string): { leads: string[]; helpers: string[] } {
  const [leads = '', ...helpers] = text.split('+')
  return { leads: leads.split('/'), helpers }
}

/** CA5 Names of steps are kept in Chinese; those the list uses are known in English too, both ways. */
export function translateSteps(steps: readonly Step[], names: ReadonlyMap<string, string>): Step[] {
  return steps.map((step) => ({ ...step, name: names.get(step.name) ?? step.name }))
}
