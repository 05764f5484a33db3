import type { BuildingPlan, CommunityPlan, CompoundPlan } from './programme.ts'
import type { Random } from './prng.ts'

/** Metres east and north of the district's origin; `y` is the southern, `x` the western edge. */
export type Box = { x: number; y: number; width: number; height: number }
export type PlacedCompound = { plan: CompoundPlan; box: Box; buildings: Box[] }
export type PlacedCommunity = { plan: CommunityPlan; box: Box; compounds: PlacedCompound[] }

const METRES_PER_FLOOR = 3
/** Compounds of one community stand across a side road, communities across a main road. */
const SIDE_ROAD = 22
const MAIN_ROAD = 46
const WALL_MARGIN = 14

/** The ground a building takes. Slabs face south and are 10 to 14 m deep; a lane is two rows of courtyards. */
function footprint(plan: BuildingPlan): { width: number; depth: number } {
  if (plan.era === 'lane') return { width: Math.ceil((plan.units * plan.doors) / 2) * 13.5, depth: 40 }
  if (plan.era === 'tower') return { width: 20 + plan.doors * 1.5, depth: 20 + plan.doors * 1.5 }
  const frontage = plan.doors === 3 ? 18 : plan.era === 'new' ? 16 : 13.5
  return {
    width: Math.min(80, plan.units * frontage),
    depth: plan.era === 'old' ? 11 : plan.era === 'mid' ? 12.5 : 14,
  }
}

/**
 * Rows from north to south, as far apart as the winter sun at 39.5 degrees asks for (about 1.3 times the height, less
 * for towers, whose shadow is narrow); numbered down each column, columns from west to east.
 */
function layCompound(plan: CompoundPlan): PlacedCompound {
  const grounds = plan.buildings.map(footprint)
  const gap = plan.buildings.map((building) => {
    if (building.era === 'lane') return 5
    return (
      building.floors *
      METRES_PER_FLOOR *
      (building.era === 'tower' ? 0.75 : building.floors > 12 ? 0.95 : 1.3)
    )
  })
  const pitch = Math.max(
    ...grounds.map((ground, i) => ground.depth + Math.max(18, gap[i] ?? 0) * (ground.depth === 40 ? 0.3 : 1)),
  )
  const widest = Math.max(...grounds.map((ground) => ground.width))
  const columns = Math.max(1, Math.min(6, Math.round(Math.sqrt((grounds.length * pitch) / (widest + 12)))))
  const rows = Math.ceil(grounds.length / columns)
  const buildings: Box[] = []
  let x = WALL_MARGIN
  for (let column = 0; column * rows < grounds.length; column++) {
    const members = grounds.slice(column * rows, (column + 1) * rows)
    members.forEach((ground, row) => {
      const y = WALL_MARGIN + (rows - 1 - row) * pitch
      buildings.push({ x, y, width: ground.width, height: ground.depth })
    })
    x += Math.max(...members.map((ground) => ground.width)) + 12
  }
  const depth = Math.max(...grounds.map((ground) => ground.depth))
  const height = WALL_MARGIN * 2 + (rows - 1) * pitch + depth
  return { plan, box: { x: 0, y: 0, width: x - 12 + WALL_MARGIN, height }, buildings }
}

function layCommunity(plan: CommunityPlan): PlacedCommunity {
  const compounds = plan.compounds.map(layCompound)
  const area = compounds.reduce((sum, compound) => sum + compound.box.width * compound.box.height, 0)
  const shelf = pack(compounds, Math.sqrt(area) * 1.3, () => SIDE_ROAD)
  return { plan, box: { x: 0, y: 0, ...shelf }, compounds }
}

/** Lays one subdistrict's communities in streets, villages with fields between them. */
export function layOut(plans: CommunityPlan[], random: Random): { communities: PlacedCommunity[]; box: Box } {
  const communities = plans.map(layCommunity)
  const rural = plans.filter((plan) => plan.village).length > plans.length / 2
  const columns = Math.ceil(Math.sqrt(plans.length))
  const typical = communities.reduce((sum, community) => sum + community.box.width, 0) / communities.length
  // Between built-up communities lie shops, schools and parks; between villages fields.
  const space = () => MAIN_ROAD + (rural ? random.between(350, 800) : random.between(40, 150))
  const shelf = pack(communities, columns * (typical + (rural ? 600 : 120)), space)
  return { communities, box: { x: 0, y: 0, ...shelf } }
}

/** Shelf packing: left to right, a new row when the width is used up. Sets each box's place, returns the size of all. */
function pack(items: { box: Box }[], width: number, space: () => number): { width: number; height: number } {
  let x = 0
  let y = 0
  let rowHeight = 0
  let used = 0
  for (const { box } of items) {
    if (x > 0 && x + box.width > width) {
      x = 0
      y += rowHeight + space()
      rowHeight = 0
    }
    box.x = x
    box.y = y
    used = Math.max(used, x + box.width)
    rowHeight = Math.max(rowHeight, box.height)
    x += box.width + space()
  }
  return { width: used, height: y + rowHeight }
}
