import type { Assignment, Distance, Id, Person, Problem, Unit } from './contract.ts'

/** Reads a problem from the outside (LE1). What is wrong is named by its place and what was expected there. */

export type Parsed = { ok: true; problem: Problem<Id> } | { ok: false; at: string; expected: string }

/** Sums of costs must be exact in a double. */
const exact = Number.MAX_SAFE_INTEGER
const mostHouseholds = 2_000_000_000
const farthest = 1e9

class Malformed extends Error {
  readonly at: string
  readonly expected: string
  constructor(at: string, expected: string) {
    super(`${at}: ${expected}`)
    this.at = at
    this.expected = expected
  }
}

export function parse(input: unknown): Parsed {
  try {
    return { ok: true, problem: problemOf(input) }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return { ok: false, at: error.at, expected: error.expected }
  }
}

type Fields = Readonly<Record<string, unknown>>

function problemOf(input: unknown): Problem<Id> {
  const { version, distance, stability, units, people, current } = fields(input, 'problem')
  if (version !== 1) throw new Malformed('version', `expected 1, found ${shown(version)}`)
  if (distance !== 'plane' && distance !== 'sphere')
    throw new Malformed('distance', `expected "plane" or "sphere", found ${shown(distance)}`)
  const problem: Problem<Id> = {
    version: 1,
    distance,
    stability: stability === undefined ? 0 : whole(stability, 'stability', farthest),
    units: list(units, 'units').map((unit, index) => unitOf(unit, `units[${index}]`, distance)),
    people: list(people, 'people').map((person, index) => personOf(person, `people[${index}]`, distance)),
  }
  const known = unique(problem.units, 'units')
  unique(problem.people, 'people')
  if (current !== undefined) {
    problem.current = list(current, 'current').map((entry, index) =>
      assignmentOf(entry, `current[${index}]`, known),
    )
  }
  const households = total(problem.units, 'units', ({ households: count }) => count)
  total(problem.people, 'people', ({ max }) => max)
  total(problem.current ?? [], 'current', ({ households: count }) => count)
  if (households * (widest(problem) + problem.stability) > exact)
    throw new Malformed('units', `expected households x metres within ${exact}, found more`)
  return problem
}

function unitOf(input: unknown, at: string, distance: Distance): Unit<Id> {
  const { id, x, y, households } = fields(input, at)
  return {
    id: name(id, `${at}.id`),
    x: place(x, `${at}.x`, distance === 'sphere' ? 180 : farthest),
    y: place(y, `${at}.y`, distance === 'sphere' ? 90 : farthest),
    households: whole(households, `${at}.households`),
  }
}

function personOf(input: unknown, at: string, distance: Distance): Person<Id> {
  const { id, x, y, min, max, anchors } = fields(input, at)
  const widestX = distance === 'sphere' ? 180 : farthest
  const widestY = distance === 'sphere' ? 90 : farthest
  const person: Person<Id> = {
    id: name(id, `${at}.id`),
    x: place(x, `${at}.x`, widestX),
    y: place(y, `${at}.y`, widestY),
    min: whole(min, `${at}.min`),
    max: whole(max, `${at}.max`),
  }
  if (person.min > person.max)
    throw new Malformed(`${at}.max`, `expected at least min (${person.min}), found ${person.max}`)
  if (anchors !== undefined) {
    person.anchors = list(anchors, `${at}.anchors`).map((anchor, index) => {
      const where = `${at}.anchors[${index}]`
      const pair = list(anchor, where)
      if (pair.length !== 2) throw new Malformed(where, `expected [x, y], found ${pair.length} values`)
      return [place(pair[0], `${where}[0]`, widestX), place(pair[1], `${where}[1]`, widestY)] as const
    })
  }
  return person
}

/** People may have left since, units may not. */
function assignmentOf(input: unknown, at: string, units: ReadonlySet<Id>): Assignment<Id> {
  const { person, unit, households } = fields(input, at)
  const assignment = {
    person: name(person, `${at}.person`),
    unit: name(unit, `${at}.unit`),
    households: whole(households, `${at}.households`),
  }
  if (!units.has(assignment.unit))
    throw new Malformed(`${at}.unit`, `expected the id of a unit, found ${shown(assignment.unit)}`)
  return assignment
}

function fields(input: unknown, at: string): Fields {
  if (!isFields(input)) throw new Malformed(at, `expected an object, found ${shown(input)}`)
  return input
}

function isFields(input: unknown): input is Fields {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}

function list(input: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(input)) throw new Malformed(at, `expected a list, found ${shown(input)}`)
  return input
}

function name(input: unknown, at: string): Id {
  if (typeof input === 'string' && input !== '') return input
  if (typeof input === 'number' && Number.isSafeInteger(input)) return input
  throw new Malformed(at, `expected a text or a whole number, found ${shown(input)}`)
}

function place(input: unknown, at: string, most: number): number {
  if (typeof input === 'number' && Math.abs(input) <= most) return input
  throw new Malformed(at, `expected a number from ${-most} to ${most}, found ${shown(input)}`)
}

function whole(input: unknown, at: string, most = mostHouseholds): number {
  if (typeof input === 'number' && Number.isInteger(input) && input >= 0 && input <= most) return input
  throw new Malformed(at, `expected a whole number from 0 to ${most}, found ${shown(input)}`)
}

function unique(things: readonly { id: Id }[], at: string): Set<Id> {
  const seen = new Map<Id, number>()
  things.forEach(({ id }, index) => {
    const earlier = seen.get(id)
    if (earlier !== undefined)
      throw new Malformed(
        `${at}[${index}].id`,
        `expected a name of its own, found ${shown(id)} of ${at}[${earlier}]`,
      )
    seen.set(id, index)
  })
  return new Set(seen.keys())
}

function total<T>(things: readonly T[], at: string, of: (thing: T) => number): number {
  const sum = things.reduce((all, thing) => all + of(thing), 0)
  if (sum > mostHouseholds) throw new Malformed(at, `expected at most ${mostHouseholds} in all, found ${sum}`)
  return sum
}

/** No distance is greater. */
function widest({ distance, units, people }: Problem<Id>): number {
  if (distance === 'sphere') return 20_015_200
  const side = (of: (at: readonly [number, number]) => number): number => {
    let low = Infinity
    let high = -Infinity
    const see = (at: readonly [number, number]): void => {
      low = Math.min(low, of(at))
      high = Math.max(high, of(at))
    }
    for (const { x, y } of units) see([x, y])
    for (const { x, y, anchors = [] } of people) for (const at of [[x, y] as const, ...anchors]) see(at)
    return high < low ? 0 : high - low
  }
  return Math.ceil(
    Math.hypot(
      side(([x]) => x),
      side(([, y]) => y),
    ),
  )
}

/** What was found, short enough for one line. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
