import type { Answer, Problem, Ranked } from './contract.ts'
import { costOf, obstacleTo, partsOf } from './rank.ts'

/**
 * Looks at an answer without ranking anything: who is in it may be asked, the sums are right, nobody better is behind
 * somebody worse, nobody is missing. @returns what is wrong, in words; nothing when all is well
 */
export function check({ want, helpers, many, weights }: Problem, { chosen, next, left }: Answer): string[] {
  const wrong: string[] = []
  const byId = new Map(helpers.map((helper) => [helper.id, helper]))
  const named = [...chosen, ...next, ...left].map(({ id }) => id)
  if (new Set(named).size !== named.length || named.length !== helpers.length)
    wrong.push('not everybody stands in it exactly once')
  if (chosen.length > many) wrong.push('more are asked than wanted')
  if (chosen.length < many && next.length > 0) wrong.push('somebody who could be asked is not')
  for (const { id, cost, parts } of [...chosen, ...next]) {
    const helper = byId.get(id)
    if (!helper) {
      wrong.push(`${id} is nobody`)
      continue
    }
    const why = obstacleTo(helper, want, weights)
    if (why) wrong.push(`${id} may not be asked: ${why}`)
    const own = partsOf(helper, want, weights)
    if (cost !== costOf(own) || costOf(parts) !== cost) wrong.push(`the parts of ${id} do not add up`)
  }
  for (const { id, why } of left) {
    const helper = byId.get(id)
    if (helper && obstacleTo(helper, want, weights) !== why)
      wrong.push(`${id} is left out for another reason`)
  }
  const lastAsked = ({ id }: Ranked) => byId.get(id)?.lastAsked ?? -Infinity
  const row = [...chosen, ...next]
  row.slice(1).forEach((one, index) => {
    const before = row[index]
    if (!before) return
    if (before.cost > one.cost) wrong.push(`${before.id} stands before ${one.id}, who is better`)
    if (before.cost === one.cost && lastAsked(before) > lastAsked(one))
      wrong.push(`${before.id} was asked later than ${one.id} and stands before`)
  })
  return wrong
}
