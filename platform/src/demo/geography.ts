import places from './data/places.json' with { type: 'json' }
import { readDivisions } from './divisions.ts'
import { layOut, type Box, type PlacedCommunity } from './layout.ts'
import { planDistrict, sum, type BuildingPlan } from './programme.ts'
import type { Random } from './prng.ts'

export type AreaKind = 'district' | 'subdistrict' | 'community' | 'compound' | 'building' | 'unit'
/** An area as the table `area` holds it; `lon`, `lat` are WGS-84 degrees. */
export type Area = {
  kind: AreaKind
  path: string
  code: string
  parentPath: string | null
  name: string
  village: boolean
  lon: number
  lat: number
}
export type Ring = [number, number][]
export type Unit = {
  area: Area
  building: Building
  floors: number
  doors: number
  vacant: number
  households: number
}
export type Building = {
  area: Area
  compound: Compound
  plan: BuildingPlan
  ring: Ring
  box: Box
  units: Unit[]
}
export type Compound = { area: Area; community: Community; buildings: Building[] }
export type Community = {
  area: Area
  /** The name in the national list, committee included. */
  officialName: string
  subdistrict: Subdistrict
  compounds: Compound[]
  roads: string[]
  households: number
  liaisons: number
}
export type Subdistrict = { area: Area; communities: Community[] }
export type Geography = { district: Area; subdistricts: Subdistrict[] }

export type DemoSize = 'subdistrict' | 'district'

/**
 * The real divisions of the district with a made-up, plausible built world below them. `subdistrict` is one subdistrict
 * of the very same world, complete.
 */
export function generateGeography(random: Random, size: DemoSize): Geography {
  const divisions = readDivisions()
  const plans = new Map(planDistrict(divisions, random.fork('plan')).map((plan) => [plan.code, plan]))
  const district = divisions.find((division) => division.level === 'district')
  if (!district) throw new Error('no district in the list of divisions')
  const layouts = new Map<string, ReturnType<typeof layOut>>()
  for (const division of divisions) {
    if (division.level !== 'subdistrict') continue
    const members = divisions.flatMap((d) => (d.parent === division.code ? (plans.get(d.code) ?? []) : []))
    layouts.set(division.code, layOut(members, random.fork(`layout/${division.code}`)))
  }
  const origins = arrange(layouts)
  const [lon, lat] = places.centre
  const root = area('district', null, district.code, district.name, false, lon ?? 0, lat ?? 0)
  const geography: Geography = { district: root, subdistricts: [] }
  for (const division of divisions) {
    if (division.level !== 'subdistrict') continue
    if (size === 'subdistrict' && division.code !== places.showcase.subdistrict) continue
    const layout = layouts.get(division.code)
    const origin = origins.get(division.code)
    if (!layout || !origin) throw new Error(`no place for ${division.name}`)
    const here = area('subdistrict', root, division.code, division.name, false, ...centre(layout.box, origin))
    const subdistrict: Subdistrict = { area: here, communities: [] }
    for (const placed of layout.communities) {
      const officialName = divisions.find((d) => d.code === placed.plan.code)?.name ?? placed.plan.name
      subdistrict.communities.push(
        community(placed, subdistrict, officialName, origin, random.fork(`community/${placed.plan.code}`)),
      )
    }
    geography.subdistricts.push(subdistrict)
  }
  return geography
}

type Point = { x: number; y: number }

/** Stacks the subdistricts in columns from west to east, so that the town's core lies around the district's centre. */
function arrange(layouts: Map<string, { box: Box }>): Map<string, Point> {
  const gap = 300
  const origins = new Map<string, Point>()
  let x = 0
  for (const column of places.columns) {
    let y = 0
    for (const code of column) {
      origins.set(code, { x, y })
      y += (layouts.get(code)?.box.height ?? 0) + gap
    }
    x += Math.max(...column.map((code) => layouts.get(code)?.box.width ?? 0)) + gap
  }
  const middles = places.core.map((code) => {
    const box = layouts.get(code)?.box
    const origin = origins.get(code)
    return { x: (origin?.x ?? 0) + (box?.width ?? 0) / 2, y: (origin?.y ?? 0) + (box?.height ?? 0) / 2 }
  })
  const shift = { x: sum(middles, (p) => p.x) / middles.length, y: sum(middles, (p) => p.y) / middles.length }
  for (const origin of origins.values()) {
    origin.x -= shift.x
    origin.y -= shift.y
  }
  return origins
}

function community(
  placed: PlacedCommunity,
  subdistrict: Subdistrict,
  officialName: string,
  origin: Point,
  random: Random,
): Community {
  const { plan } = placed
  const at = { x: origin.x + placed.box.x, y: origin.y + placed.box.y }
  const names = plan.village ? places.villageRoads : places.roads
  const first = random.between(0, names.length - 1)
  const here: Community = {
    area: area(
      'community',
      subdistrict.area,
      plan.code,
      plan.name,
      plan.village,
      ...centre(placed.box, origin),
    ),
    officialName,
    subdistrict,
    compounds: [],
    roads: [0, 1, 2].map((i) => names[(first + i * 7) % names.length] ?? ''),
    households: plan.households,
    liaisons: plan.liaisons,
  }
  placed.compounds.forEach((compoundPlaced, i) => {
    const name = compoundPlaced.plan.name
    const code = plan.code + pad(i + 1, 3)
    const compound: Compound = {
      area: area('compound', here.area, code, name, plan.village, ...centre(compoundPlaced.box, at)),
      community: here,
      buildings: [],
    }
    const corner = { x: at.x + compoundPlaced.box.x, y: at.y + compoundPlaced.box.y }
    compoundPlaced.plan.buildings.forEach((buildingPlan, j) => {
      const box = compoundPlaced.buildings[j]
      if (box)
        compound.buildings.push(
          building(compound, buildingPlan, j, { ...box, x: corner.x + box.x, y: corner.y + box.y }),
        )
    })
    here.compounds.push(compound)
  })
  emptySome(here, plan.dwellings - plan.households, random)
  return here
}

function building(compound: Compound, plan: BuildingPlan, index: number, box: Box): Building {
  const village = compound.area.village
  const name = village ? laneName(index) : `${index + 1}${places.building}`
  const here: Building = {
    area: area(
      'building',
      compound.area,
      compound.area.code + pad(index + 1, 3),
      name,
      village,
      ...centre(box, { x: 0, y: 0 }),
    ),
    compound,
    plan,
    ring: ringOf(box),
    box,
    units: [],
  }
  const parts = places.laneParts[plan.units - 1] ?? []
  for (let i = 0; i < plan.units; i++) {
    const unitName = village ? (parts[i] ?? `${i + 1}`) : `${i + 1}${places.unit}`
    const x = box.x + (box.width * (i + 0.5)) / plan.units
    const [lon, lat] = degrees(x, box.y + box.height / 2)
    here.units.push({
      area: area('unit', here.area, here.area.code + pad(i + 1, 2), unitName, village, lon, lat),
      building: here,
      floors: plan.floors,
      doors: plan.doors,
      vacant: 0,
      households: plan.floors * plan.doors,
    })
  }
  return here
}

function laneName(index: number): string {
  if (index === 0) return places.laneMain
  const side = places.laneSides[(index - 1) % 2] ?? ''
  return `${side}${places.laneNumbers[Math.floor((index - 1) / 2)] ?? ''}${places.lane}`
}

/** Spreads a community's empty dwellings over its units, at most a third of a unit. */
function emptySome(community: Community, vacant: number, random: Random): void {
  const units = community.compounds.flatMap((compound) => compound.buildings.flatMap((b) => b.units))
  for (let left = vacant, tries = 0; left > 0; tries++) {
    const unit = random.pick(units)
    if (tries < 10_000 && unit.vacant + 1 > (unit.vacant + unit.households) / 3) continue
    unit.vacant += 1
    unit.households -= 1
    left -= 1
  }
}

function area(
  kind: AreaKind,
  parent: Area | null,
  code: string,
  name: string,
  village: boolean,
  lon: number,
  lat: number,
): Area {
  return {
    kind,
    path: `${parent?.path ?? ''}${code}/`,
    code,
    parentPath: parent?.path ?? null,
    name,
    village,
    lon,
    lat,
  }
}

function pad(value: number, width: number): string {
  return value.toString().padStart(width, '0')
}

const METRES_PER_DEGREE_LAT = 111_035
const METRES_PER_DEGREE_LON = 85_990

/** Metres east and north of the centre to WGS-84 degrees, rounded to a decimetre; flat is exact enough over 20 km. */
function degrees(x: number, y: number): [number, number] {
  const [lon, lat] = places.centre
  return [round((lon ?? 0) + x / METRES_PER_DEGREE_LON), round((lat ?? 0) + y / METRES_PER_DEGREE_LAT)]
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

function centre(box: Box, origin: Point): [number, number] {
  return degrees(origin.x + box.x + box.width / 2, origin.y + box.y + box.height / 2)
}

/** The outline, counter-clockwise from the south-west and closed (GeoJSON, RFC 7946). */
function ringOf({ x, y, width, height }: Box): Ring {
  return [
    degrees(x, y),
    degrees(x + width, y),
    degrees(x + width, y + height),
    degrees(x, y + height),
    degrees(x, y),
  ]
}

export function communitiesOf(geography: Geography): Community[] {
  return geography.subdistricts.flatMap((subdistrict) => subdistrict.communities)
}

export function buildingsOf(geography: Geography): Building[] {
  return communitiesOf(geography).flatMap((c) => c.compounds.flatMap((compound) => compound.buildings))
}
