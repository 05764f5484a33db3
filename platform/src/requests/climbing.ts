import { levels } from './lifecycle-rule.ts'
import type { Level } from './lifecycle-rule.ts'
import type { Draft, Refused, World } from './rules.ts'
import type { Holder } from './entry.ts'
import type { Standing } from './standing.ts'

/** Up and down the levels: the desk above, a return, an escalation. Pure. */

export const rank = (level: Level) => levels.indexOf(level)

/** The level whose desk an organisation is over a place, the highest where it is several; undefined where it is none. */
export function levelOfDesk(organisation: string | undefined, desks: World['desks']): Level | undefined {
  return levels.findLast((level) => organisation !== undefined && desks[level] === organisation)
}

/** The next desk that exists above a level, for this place. */
export function deskAbove(
  level: Level,
  desks: World['desks'],
): { level: Level; organisation: string } | null {
  for (const higher of levels.slice(rank(level) + 1)) {
    const organisation = desks[higher]
    if (organisation) return { level: higher, organisation }
  }
  return null
}

/**
 * RQ6: the first return goes to the desk that gave it out; the second to the desk of the nearest level that is over
 * everybody who sent it back, for a binding decision.
 *
 * @param common that level, where the service knows it; else the one above.
 */
export function returnTo(
  standing: Standing,
  { desks, common }: Pick<World, 'desks' | 'common'>,
): { holder: Holder; level: Level } {
  const next = standing.returns > 0 ? deskAbove(standing.level, desks) : null
  const nearest = common && desks[common] ? { level: common, organisation: desks[common] } : null
  const above = next && nearest && rank(nearest.level) > rank(next.level) ? nearest : next
  return above
    ? { holder: { organisation: above.organisation }, level: above.level }
    : { holder: { organisation: standing.desk }, level: standing.level }
}

export function escalation(
  id: string,
  standing: Standing,
  words: string | null,
  desks: World['desks'],
): Draft | Refused {
  const above = deskAbove(standing.level, desks)
  if (!above) return { refused: 'request.no_level_above' }
  return {
    id,
    kind: 'escalate',
    visible: true,
    words,
    data: { holder: { organisation: above.organisation }, level: above.level },
  }
}
