import type { Command } from '#whistle/commands.ts'
import type { WhistleView } from '#whistle/contract.ts'

/** The steps in the order in which they are offered; the first that leads on is the filled one. */

const order = [
  'blow',
  'here',
  'send_back',
  'insist',
  'release',
  'report_in',
  'done',
  'rate',
  'object',
  'note',
] as const satisfies readonly Command['kind'][]

/** Deeds that lead the whistle on; sending back, objecting and noting never are the filled button. */
const leads = new Set<Command['kind']>(['blow', 'report_in', 'done', 'rate'])

export function stepsOf(whistle: WhistleView): {
  steps: Command['kind'][]
  leading: Command['kind'] | undefined
} {
  const steps = order.filter((step) => whistle.abilities.includes(step))
  return { steps, leading: steps.find((step) => leads.has(step)) }
}
