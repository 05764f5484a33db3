import phrases from './data/phrases.json' with { type: 'json' }
import type { Building, Community, Unit } from './geography.ts'
import type { Random } from './prng.ts'
import type { Scene, Story } from './stories.ts'

/** Where one request is about: the area it belongs to, what the reporter adds in words, and a point when one was attached. */
export type Spot = { path: string; place: string; lon: number; lat: number }
export type Stage = { community: Community; building: Building; unit: Unit; scene: Scene }

/** Draws a stairwell of a community, in proportion to its households, and what lies around it. */
export function drawStage(community: Community, random: Random): Stage {
  const units = community.compounds.flatMap((compound) =>
    compound.buildings.flatMap((building) => building.units),
  )
  return stageAt(random.pick(units), random)
}

export function stageAt(unit: Unit, random: Random): Stage {
  const { building } = unit
  const { community } = building.compound
  const { village } = unit.area
  const scene: Scene = {
    village,
    floors: unit.floors,
    compound: building.compound.area.name,
    building: building.area.name,
    unit: village && building.units.length === 1 ? '' : unit.area.name,
    road: random.pick(community.roads),
    near: random.pick(village ? phrases.nearVillage : phrases.near),
  }
  return { community, building, unit, scene }
}

/** The area and words for the place of a story; `number` is the reporter's door. */
export function spotOf(story: Story, stage: Stage, number: string, random: Random): Spot {
  const { building, unit, community, scene } = stage
  const { lon, lat } = unit.area
  const here = { lon: jitter(lon, random), lat: jitter(lat, random) }
  switch (story.at) {
    case 'home':
      return { path: unit.area.path, place: number, lon, lat }
    case 'unit':
      return { path: unit.area.path, place: '', lon, lat }
    case 'near':
      return { path: building.compound.area.path, place: scene.near, ...here }
    case 'compound':
      return { path: building.compound.area.path, place: '', ...here }
    default:
      return {
        path: community.area.path,
        place: scene.road + (scene.village ? '' : random.pick(phrases.roadSpots)),
        ...here,
      }
  }
}

/** About a hundred metres around. */
function jitter(degrees: number, random: Random): number {
  return Math.round((degrees + (random.next() - 0.5) * 0.002) * 1e6) / 1e6
}
