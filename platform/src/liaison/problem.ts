import type { Assignment, Person, Problem } from '#engines/liaison/contract.ts'

/** From the register to the problem that the engine solves, and back to doors (LP2, LP3). Pure. */

export type Door = {
  id: string
  /** The stairwell. */
  unit: string
  floor: number
  number: string
  livedIn: boolean
  /** Whose duty it is on the day; null: nobody's. */
  person: string | null
}
export type AnchorKind = 'home' | 'paired' | 'post'
export type Anchor = { kind: AnchorKind; lon: number; lat: number }
export type Liaison = {
  id: string
  /** Serves a village: the rural bounds hold. */
  rural: boolean
  /** The most they said they can look after. */
  mostHouseholds: number | null
  anchors: readonly Anchor[]
  /** Households of theirs outside the area: they count, and stay. */
  elsewhere: number
}
export type Stairwell = { path: string; lon: number; lat: number }

export type Settings = {
  least: number
  most: number
  ruralLeast: number
  ruralMost: number
  stability: number
  leaving: readonly string[]
}

/** What the page needs beside the problem: people with doors who take no part, and what a place of somebody is. */
export type Beside = {
  outside: { id: string; x: number; y: number; anchors?: readonly (readonly [number, number])[] }[]
  kinds: Record<string, AnchorKind[]>
}

/** LP2: what a person may have here, of the bounds of town or village, less what they have elsewhere. */
export function boundsOf(one: Liaison, settings: Settings): { min: number; max: number } {
  const least = one.rural ? settings.ruralLeast : settings.least
  const most = one.rural ? settings.ruralMost : settings.most
  const max = Math.max(0, Math.min(most, one.mostHouseholds ?? most) - one.elsewhere)
  return { min: Math.min(max, Math.max(0, least - one.elsewhere)), max }
}

/**
 * LP2: near home or the compounds paired with the employer; the places of the post count only for whoever has neither.
 * Without any place nobody can say how far it is: they take no part.
 */
export function placesToWalkFrom(anchors: readonly Anchor[]): readonly Anchor[] {
  const own = anchors.filter(({ kind }) => kind !== 'post')
  return own.length > 0 ? own : anchors
}

function standing(one: Liaison): Beside['outside'][number] | undefined {
  const [first, ...rest] = placesToWalkFrom(one.anchors)
  if (!first) return undefined
  return {
    id: one.id,
    x: first.lon,
    y: first.lat,
    ...(rest.length > 0 && { anchors: rest.map(({ lon, lat }) => [lon, lat] as const) }),
  }
}

/** How many households of each stairwell each person has, as the doors stand. */
export function sharesNow(doors: readonly Door[]): Assignment[] {
  const shares = new Map<string, Assignment>()
  for (const { unit, person, livedIn } of doors) {
    if (!livedIn || person === null) continue
    const key = `${unit} ${person}`
    const share = shares.get(key)
    if (share) share.households += 1
    else shares.set(key, { person, unit, households: 1 })
  }
  return [...shares.values()]
}

/** The problem of an area on a day. Stairwells in the order of their paths, people in that of their ids: the same answer every time. */
export function problemOf(
  stairwells: readonly Stairwell[],
  doors: readonly Door[],
  liaisons: readonly Liaison[],
  settings: Settings,
): { problem: Problem; beside: Beside } {
  const households = new Map<string, number>()
  for (const { unit, livedIn } of doors) households.set(unit, (households.get(unit) ?? 0) + (livedIn ? 1 : 0))
  const leaving = new Set(settings.leaving)
  const people: Person[] = []
  const outside: Beside['outside'] = []
  const kinds: Beside['kinds'] = {}
  for (const one of liaisons.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const place = standing(one)
    if (!place) continue
    kinds[one.id] = placesToWalkFrom(one.anchors).map(({ kind }) => kind)
    if (leaving.has(one.id)) outside.push(place)
    else people.push({ ...place, ...boundsOf(one, settings) })
  }
  return {
    problem: {
      version: 1,
      distance: 'sphere',
      stability: settings.stability,
      units: stairwells
        .filter(({ path }) => (households.get(path) ?? 0) > 0)
        .toSorted((a, b) => (a.path < b.path ? -1 : 1))
        .map(({ path, lon, lat }) => ({ id: path, x: lon, y: lat, households: households.get(path) ?? 0 })),
      people,
      current: sharesNow(doors),
    },
    beside: { outside, kinds },
  }
}

/** From the ground up, and along the landing. */
export function inOrder<D extends Pick<Door, 'floor' | 'number'>>(doors: readonly D[]): D[] {
  return doors.toSorted(
    (a, b) => a.floor - b.floor || a.number.localeCompare(b.number, 'en', { numeric: true }),
  )
}

/**
 * LP3: which doors of one stairwell go to whom. Everybody keeps what they have, as far as their share goes, from the ground
 * up; what is left is dealt from the ground up to those who stand lowest. An empty door goes with the door before it.
 *
 * @returns whose each door is, by its id; a door that is left over is nobody's.
 */
export function dealDoors(
  doors: readonly Door[],
  shares: readonly { person: string; households: number }[],
): Map<string, string | null> {
  const left = new Map(shares.map(({ person, households }) => [person, households]))
  const dealt = new Map<string, string | null>()
  const ordered = inOrder(doors)
  const lived = ordered.filter(({ livedIn }) => livedIn)
  const lowest = new Map<string, number>()
  lived.forEach(({ id, person }, at) => {
    const open = person === null ? 0 : (left.get(person) ?? 0)
    if (person === null || open === 0) return
    dealt.set(id, person)
    left.set(person, open - 1)
    if (!lowest.has(person)) lowest.set(person, at)
  })
  const takers = [...left]
    .filter(([, open]) => open > 0)
    .toSorted(
      ([a], [b]) => (lowest.get(a) ?? lived.length) - (lowest.get(b) ?? lived.length) || (a < b ? -1 : 1),
    )
    .flatMap(([person, open]) => Array.from({ length: open }, () => person))
  let next = 0
  for (const { id } of lived) {
    if (dealt.has(id)) continue
    dealt.set(id, takers[next] ?? null)
    next += 1
  }
  return withEmptyDoors(ordered, dealt)
}

/** Whoever moves in behind an empty door has somebody from the first day on: who has the door before it, else the next one. */
export function withEmptyDoors(
  doors: readonly Pick<Door, 'id' | 'livedIn' | 'person' | 'floor' | 'number'>[],
  dealt: Map<string, string | null>,
): Map<string, string | null> {
  const ordered = inOrder(doors)
  const first = ordered.map(({ id }) => dealt.get(id)).find((person) => person != null) ?? null
  const here = new Set(dealt.values())
  let before = first
  for (const { id, livedIn, person } of ordered) {
    if (livedIn) before = dealt.get(id) ?? before
    else dealt.set(id, person !== null && here.has(person) ? person : before)
  }
  return dealt
}
