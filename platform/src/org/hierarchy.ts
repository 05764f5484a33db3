import type { AreaKind } from './contract.ts'

/**
 * Which area may lie under which (O1). Chains of three to eight levels are in use: a village has grids and groups of households,
 * a town community compounds, buildings and stairwells. A district may tell its own in the table `area_level`. Pure.
 */

export const gridKinds = ['residential', 'market', 'park', 'road'] as const
export type GridKind = (typeof gridKinds)[number]

/** What a kind may lie under; the first three come with the official list of divisions. */
export const standardLevels: Readonly<Record<AreaKind, readonly AreaKind[]>> = {
  district: [],
  subdistrict: ['district'],
  community: ['subdistrict'],
  village_group: ['community'],
  grid: ['community', 'village_group'],
  compound: ['community', 'grid'],
  building: ['community', 'grid', 'compound'],
  unit: ['building'],
  household_group: ['community', 'village_group', 'grid', 'building', 'unit'],
}

export type Levels = Readonly<Partial<Record<AreaKind, readonly AreaKind[]>>>

/** Whether an area of this kind may lie under one of that. @param own what the district says instead of the standard. */
export function mayLieUnder(kind: AreaKind, under: AreaKind, own: Levels = {}): boolean {
  return (own[kind] ?? standardLevels[kind]).includes(under)
}

/** A part of a grid, such as a building, and the grid that it is told to. Paths. */
export type Part = { part: string; grid: string }

/** Residential grids, by the areas that make them up: a grid in the tree is made up of itself. */
export type Grids = { residential: ReadonlyMap<string, string>; special: ReadonlySet<string> }

/**
 * The residential grids that a home lies in (O2): exactly one is right, none is a gap, several overlap.
 * @param line every path over the home and its own, the district first
 */
export function gridsOver(line: readonly string[], { residential }: Grids): string[] {
  return [...new Set(line.flatMap((path) => residential.get(path) ?? []))]
}

/** Whether a home lies in a special grid, where nobody can live. */
export function isInSpecial(line: readonly string[], { special }: Grids): boolean {
  return line.some((path) => special.has(path))
}

/** Whether giving a part to a grid leaves it in one grid alone: no part over or under it may be of another. */
export function fits(given: Part, parts: readonly Part[]): boolean {
  return parts.every(
    ({ part, grid }) =>
      part === given.part ||
      grid === given.grid ||
      !(part.startsWith(given.part) || given.part.startsWith(part)),
  )
}
