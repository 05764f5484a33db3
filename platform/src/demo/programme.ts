import places from './data/places.json' with { type: 'json' }
import type { Division } from './divisions.ts'
import type { Random } from './prng.ts'

/** What stands in one building: `doors` dwellings on each floor of each unit (in a village lane: courtyards of a part). */
export type BuildingPlan = {
  era: 'old' | 'mid' | 'new' | 'tower' | 'lane'
  units: number
  floors: number
  doors: number
  /** Kept as it is when totals are brought in line. */
  fixed: boolean
}
export type CompoundPlan = { name: string; buildings: BuildingPlan[] }
export type CommunityPlan = {
  code: string
  name: string
  village: boolean
  compounds: CompoundPlan[]
  dwellings: number
  households: number
  liaisons: number
}

/** Scale of the real district (figures published for it; see the README of the benchmarks). */
export const TOTALS = { buildings: 2707, units: 7270, households: 231_000, liaisons: 7800 } as const
/** Some dwellings stand empty: there are this many more dwellings than households before rounding. */
const DWELLINGS = 242_300
const MAX_HOUSEHOLDS_PER_LIAISON = 30

/** What is built in every community, so that the district's totals are met exactly. */
export function planDistrict(divisions: Division[], random: Random): CommunityPlan[] {
  const plans = divisions
    .filter((division) => division.level === 'community')
    .map((division) => planCommunity(division, random.fork(division.code)))
  const urban = plans.filter((plan) => !plan.village)
  const villageBuildings = count(plans.filter((plan) => plan.village))
  const free = urban.filter((plan) => plan.code !== places.showcase.community)
  const showcase = urban.find((plan) => plan.code === places.showcase.community)
  const shares = apportion(
    TOTALS.buildings - villageBuildings - (showcase ? count([showcase]) : 0),
    free.map((plan) => random.fork(`weight/${plan.code}`).between(60, 150)),
  )
  free.forEach((plan, i) => fillCommunity(plan, shares[i] ?? 0, random.fork(`fill/${plan.code}`)))
  const buildings = plans.flatMap((plan) => plan.compounds.flatMap((compound) => compound.buildings))
  settleUnits(buildings, random.fork('units'))
  settleDwellings(buildings, random.fork('floors'))
  settleHouseholds(plans)
  return plans
}

function planCommunity(division: Division, random: Random): CommunityPlan {
  const village = division.name.endsWith(villageEnding)
  const known: Record<string, string> = places.communityName
  const name = known[division.code] ?? stripCommittee(division.name)
  const plan: CommunityPlan = {
    code: division.code,
    name,
    village,
    compounds: [],
    dwellings: 0,
    households: 0,
    liaisons: 0,
  }
  if (village) {
    const lanes = Array.from({ length: random.between(3, 7) }, (): BuildingPlan => {
      return {
        era: 'lane',
        units: random.chance(0.35) ? 2 : 1,
        floors: 1,
        doors: random.between(22, 36),
        fixed: false,
      }
    })
    plan.compounds.push({ name, buildings: lanes })
  } else if (division.code === places.showcase.community) {
    const { compound, buildings, units, floors, doors } = places.showcase
    const slab = (): BuildingPlan => ({ era: 'old', units, floors, doors, fixed: true })
    plan.compounds.push({ name: compound, buildings: Array.from({ length: buildings }, slab) })
    for (const era of ['mid', 'new'] as const) {
      const list = Array.from({ length: era === 'mid' ? 7 : 6 }, () => planBuilding(era, random))
      plan.compounds.push({ name: otherName(plan, era, random), buildings: list })
    }
  }
  return plan
}

const villageEnding = Object.keys(places.committeeSuffixes)[1] ?? ''

/** The community's own name, without the words for its committee. */
function stripCommittee(name: string): string {
  const ending = Object.keys(places.committeeSuffixes).find((suffix) => name.endsWith(suffix)) ?? ''
  return name.slice(0, name.length - ending.length)
}

function fillCommunity(plan: CommunityPlan, buildings: number, random: Random): void {
  const compounds = buildings < 12 ? 1 : buildings < 20 ? random.between(1, 3) : random.between(2, 4)
  const sizes = apportion(
    buildings,
    Array.from({ length: compounds }, (_, i) => random.between(60, 140) * (i === 0 ? 1.4 : 1)),
  )
  for (const size of sizes) {
    const first = plan.compounds.length === 0 ? mainName(plan) : null
    const lane = first !== null && places.oldEndings.some((ending) => first.endsWith(ending))
    const era = (['old', 'mid', 'new'] as const)[random.weighted(lane ? [70, 30, 0] : [20, 22, 58])] ?? 'old'
    const name = first ?? otherName(plan, era, random)
    const list = Array.from({ length: size }, () => planBuilding(era, random))
    plan.compounds.push({ name, buildings: list })
  }
}

/** A building as its time built it: walk-ups of the nineties, eleven floors after 2000, high slabs and towers since. */
function planBuilding(era: 'old' | 'mid' | 'new', random: Random): BuildingPlan {
  if (era === 'old') {
    const doors = random.chance(0.15) ? 3 : 2
    return { era, units: random.between(3, 5), floors: random.chance(0.25) ? 5 : 6, doors, fixed: false }
  }
  if (era === 'mid')
    return { era, units: random.between(2, 4), floors: random.chance(0.5) ? 11 : 8, doors: 2, fixed: false }
  if (random.chance(0.45)) {
    return {
      era: 'tower',
      units: 1,
      floors: random.between(20, 33),
      doors: random.between(4, 6),
      fixed: false,
    }
  }
  return {
    era,
    units: random.between(2, 3),
    floors: random.between(17, 30),
    doors: random.chance(0.4) ? 3 : 2,
    fixed: false,
  }
}

function mainName(plan: CommunityPlan): string {
  const known: Record<string, string> = places.compoundName
  const base = plan.name.endsWith(places.communitySuffix)
    ? plan.name.slice(0, -places.communitySuffix.length)
    : plan.name
  if (new RegExp(places.institution.pattern).test(base)) return base + places.institution.suffix
  const alone = places.standsAlone.some((ending) => base.endsWith(ending))
  return known[plan.code] ?? base + (alone ? '' : places.compoundSuffix)
}

function otherName(plan: CommunityPlan, era: 'old' | 'mid' | 'new', random: Random): string {
  const suffixes = { old: places.oldSuffixes, mid: places.midSuffixes, new: places.newSuffixes }[era]
  for (;;) {
    const first = random.pick(places.first)
    const second = random.pick(places.second)
    const name = first + second + random.pick(suffixes)
    if (first !== second && !plan.compounds.some((compound) => compound.name === name)) return name
  }
}

/** Brings the number of units to the district's total by giving to and taking from slabs within what is usual. */
function settleUnits(buildings: BuildingPlan[], random: Random): void {
  const limits = { old: [2, 6], mid: [2, 5], new: [1, 4], tower: [1, 1], lane: [1, 2] } as const
  let missing = TOTALS.units - sum(buildings, (building) => building.units)
  for (let tries = 0; missing !== 0; tries++) {
    if (tries > 1_000_000) throw new Error('the number of units cannot be met')
    const building = random.pick(buildings)
    const [low, high] = limits[building.era]
    const step = Math.sign(missing)
    if (building.fixed || building.units + step < low || building.units + step > high) continue
    building.units += step
    missing -= step
  }
}

/** Adds or removes floors of high buildings until there are slightly more dwellings than households. */
function settleDwellings(buildings: BuildingPlan[], random: Random): void {
  const high = buildings.filter((building) => building.era === 'new' || building.era === 'tower')
  const total = () => sum(buildings, dwellingsIn)
  let now = total()
  for (let tries = 0; Math.abs(now - DWELLINGS) > 12; tries++) {
    if (tries > 1_000_000) throw new Error('the number of dwellings cannot be met')
    const building = random.pick(high)
    const step = Math.sign(DWELLINGS - now)
    if (building.floors + step < 12 || building.floors + step > 34) continue
    building.floors += step
    now += step * building.units * building.doors
  }
}

/** Households and liaisons of every community: nobody has more than thirty households, and both totals are exact. */
function settleHouseholds(plans: CommunityPlan[]): void {
  for (const plan of plans)
    plan.dwellings = sum(plan.compounds, (compound) => sum(compound.buildings, dwellingsIn))
  const liaisons = apportion(
    TOTALS.liaisons,
    plans.map((plan) => plan.dwellings),
  )
  plans.forEach((plan, i) => {
    plan.liaisons = liaisons[i] ?? 1
    plan.households = mostIn(plan) - Math.floor(plan.liaisons * 0.2)
  })
  let missing = TOTALS.households - sum(plans, (plan) => plan.households)
  for (let i = 0; missing !== 0; i++) {
    if (i > 100_000) throw new Error('the number of households cannot be met')
    const plan = plans[i % plans.length]
    if (!plan) continue
    const step = Math.sign(missing)
    if (plan.households + step > mostIn(plan)) continue
    plan.households += step
    missing -= step
  }
}

/** In the community of the pictures three may leave and the others still have room (L1). */
const ROOM_FOR_LEAVERS = 9

function mostIn({ code, dwellings, liaisons }: CommunityPlan): number {
  const people = code === places.showcase.community ? liaisons - ROOM_FOR_LEAVERS : liaisons
  return Math.min(dwellings, people * MAX_HOUSEHOLDS_PER_LIAISON)
}

function dwellingsIn(building: BuildingPlan): number {
  return building.units * building.floors * building.doors
}

function count(plans: CommunityPlan[]): number {
  return sum(plans, (plan) => sum(plan.compounds, (compound) => compound.buildings.length))
}

export function sum<T>(list: readonly T[], of: (item: T) => number): number {
  let total = 0
  for (const item of list) total += of(item)
  return total
}

/** Splits a whole number in proportion to weights, by largest remainder, so that the parts add up exactly. */
function apportion(total: number, weights: number[]): number[] {
  const all = sum(weights, (weight) => weight)
  const exact = weights.map((weight) => (total * weight) / all)
  const parts = exact.map(Math.floor)
  const order = exact.map((_, i) => i).sort((a, b) => frac(exact[b] ?? 0) - frac(exact[a] ?? 0) || a - b)
  let left = total - sum(parts, (part) => part)
  for (const i of order) {
    if (left-- <= 0) break
    parts[i] = (parts[i] ?? 0) + 1
  }
  return parts
}

function frac(value: number): number {
  return value - Math.floor(value)
}
