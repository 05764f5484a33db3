import type { Answer, Helper, Parts, Point, Problem, Ranked, Refusal, Want, Weights } from './contract.ts'

/** Ranks those who could help by one sum in metres. Deterministic: the same people in whatever order give the same row. */

const metresPerDegree = 111_320

/** Metres between two points of one district, on a flat map; a district is small enough for that. */
export function metresBetween(one: Point, other: Point): number {
  const shrink = Math.cos((((one.lat + other.lat) / 2) * Math.PI) / 180)
  return Math.round(Math.hypot((one.lon - other.lon) * shrink, one.lat - other.lat) * metresPerDegree)
}

/** How far the person has to come, from the nearest of their places; infinite where none is known. */
function walkOf(helper: Pick<Helper, 'from'>, want: Pick<Want, 'at'>): number {
  return helper.from.reduce((least, point) => Math.min(least, metresBetween(point, want.at)), Infinity)
}

/** What stands against asking somebody; null when nothing does. */
export function obstacleTo(helper: Helper, want: Want, weights: Weights): Refusal | null {
  if (helper.before) return 'before'
  if (helper.away) return 'away'
  if (want.skills.length > 0 && !want.skills.some((skill) => helper.skills.includes(skill))) return 'no_skill'
  const says = helper.slots.length > 0 && want.slots.length > 0
  if (says && !want.slots.some((slot) => helper.slots.includes(slot))) return 'not_free'
  if (helper.holds >= weights.mostHeld) return 'holds_enough'
  if (helper.waiting >= weights.mostWaiting) return 'asked_enough'
  return walkOf(helper, want) > weights.farthest ? 'too_far' : null
}

/** What asking this person "costs", part by part. */
export function partsOf(helper: Helper, want: Want, weights: Weights): Parts {
  return {
    walk: walkOf(helper, want),
    held: helper.holds * weights.perHeld,
    asked: helper.asked * weights.perAsked,
    slotsUnsaid: helper.slots.length === 0 ? weights.slotsUnsaid : 0,
  }
}

export function costOf({ walk, held, asked, slotsUnsaid }: Parts): number {
  return walk + held + asked + slotsUnsaid
}

/** Who is asked, who would be next, and why the others are not. */
export function rank({ want, helpers, many, weights }: Problem): Answer {
  const row: { ranked: Ranked; lastAsked: number }[] = []
  const left: Answer['left'] = []
  for (const helper of helpers) {
    const why = obstacleTo(helper, want, weights)
    if (why) {
      left.push({ id: helper.id, why })
      continue
    }
    const parts = partsOf(helper, want, weights)
    const skills = want.skills.filter((skill) => helper.skills.includes(skill))
    row.push({
      ranked: { id: helper.id, cost: costOf(parts), parts, skills },
      lastAsked: helper.lastAsked ?? -Infinity,
    })
  }
  // Of equals whoever was asked longest ago; ids only so that nothing depends on the order of the rows.
  row.sort(
    (a, b) =>
      a.ranked.cost - b.ranked.cost || compare(a.lastAsked, b.lastAsked) || compare(a.ranked.id, b.ranked.id),
  )
  left.sort((a, b) => compare(a.id, b.id))
  const ranked = row.map((one) => one.ranked)
  return { chosen: ranked.slice(0, many), next: ranked.slice(many), left }
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
