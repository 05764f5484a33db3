import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { areaKinds } from './contract.ts'
import type { AreaKind } from './contract.ts'
import * as store from './grid-store.ts'
import type { NewArea } from './grid-store.ts'
import { fits, gridKinds, mayLieUnder, standardLevels } from './hierarchy.ts'
import type { GridKind, Grids, Levels } from './hierarchy.ts'
import { areasAt } from './store.ts'

/** Levels below the official list of divisions, and the grids of a district (O1, O2). */

/** What a district says of its levels, over the standard. */
async function levelsOf(trx: Trx): Promise<Levels> {
  const own = new Map((await store.levelsOf(trx)).map(({ kind, under }) => [kind, under]))
  return Object.fromEntries(areaKinds.map((kind) => [kind, own.get(kind) ?? standardLevels[kind]]))
}

/** Sets which kind may lie under which in this district. */
export async function setLevels(trx: Trx, levels: Levels): Promise<void> {
  await store.putLevels(
    trx,
    Object.entries(levels).map(([kind, under]) => ({ kind: kind as AreaKind, under: under ?? [] })),
  )
}

/** One area below the official list, as a file or a page names it. */
export type Below = { kind: string; code: string; name: string; parent: string; gridKind: string | null }

/** What is wrong with a row, by its place in the list. */
export type BelowError = { row: number; field: 'kind' | 'code' | 'name' | 'parent_code' | 'grid_kind' }

const isKind = (text: string): text is AreaKind => (areaKinds as readonly string[]).includes(text)
const isGridKind = (text: string): text is GridKind => (gridKinds as readonly string[]).includes(text)

/**
 * OR10: takes over areas below communities and villages: all or none, every error with its row; parents come before what lies
 * under them, here or in the district. Done again it changes nothing but names.
 */
export async function addAreasBelow(
  trx: Trx,
  rows: readonly Below[],
  parents: (
    codes: readonly string[],
  ) => Promise<Map<string, { path: string; kind: AreaKind; village: boolean }>>,
): Promise<{ added: number; errors: BelowError[] }> {
  const levels = await levelsOf(trx)
  const known = await parents([...new Set(rows.map(({ parent }) => parent))])
  const errors: BelowError[] = []
  const areas: NewArea[] = []
  for (const [row, { kind, code, name, parent, gridKind }] of rows.entries()) {
    const over = known.get(parent)
    const wrong = (field: BelowError['field']) => errors.push({ row, field })
    if (!isKind(kind) || ['district', 'subdistrict', 'community'].includes(kind)) wrong('kind')
    else if (!over) wrong('parent_code')
    else if (!mayLieUnder(kind, over.kind, levels)) wrong('kind')
    else if (!/^\d{1,32}$/.test(code) || !code.startsWith(parent) || code === parent) wrong('code')
    else if (name.trim() === '' || name.length > 60) wrong('name')
    else if ((kind === 'grid') !== (gridKind !== null) || (gridKind !== null && !isGridKind(gridKind)))
      wrong('grid_kind')
    else {
      const path = `${over.path}${code}/`
      known.set(code, { path, kind, village: over.village })
      const grid = gridKind !== null && isGridKind(gridKind) ? gridKind : null
      areas.push({
        path,
        code,
        kind,
        parent: over.path,
        name: name.trim(),
        village: over.village,
        gridKind: grid,
      })
    }
  }
  return { added: errors.length > 0 ? 0 : await store.putAreas(trx, areas), errors }
}

/** OR11: tells a residential grid its buildings and stairwells from a day on; a part is of one grid, and nothing over or under it of another. */
export async function giveParts(
  trx: Trx,
  grid: string,
  parts: readonly string[],
  from: string,
): Promise<void> {
  const standing = await store.lockParts(trx)
  const [line] = await store.gridsUnder(trx, grid)
  if (line?.path !== grid || line.kind !== 'residential')
    refuse('record.invalid_reference', { field: 'body.grid' })
  const found = new Set((await areasAt(trx, [...new Set(parts)])).map(({ path }) => path))
  const community = grid.split('/').slice(0, 3).join('/')
  const inTree = (await store.gridsUnder(trx, `${community}/`)).filter(({ kind }) => kind === 'residential')
  const fixed = inTree.map(({ path }) => ({ part: path, grid: path }))
  const given: { part: string; grid: string }[] = []
  for (const part of parts) {
    // A grid is made of what lies in its own community.
    if (!found.has(part) || !part.startsWith(`${community}/`))
      refuse('record.invalid_reference', { field: 'body.parts' })
    const others = standing.filter((one) => !parts.includes(one.part))
    if (!fits({ part, grid }, [...others, ...given, ...fixed]))
      refuse('grid.overlap', { field: 'body.parts' })
    given.push({ part, grid })
  }
  await store.putParts(trx, grid, parts, from)
}

/** The grids of a district on a day, by the areas that make them up. */
export async function gridsOn(trx: Trx, district: string, day: string): Promise<Grids> {
  const grids = await store.gridsUnder(trx, district)
  const residential = new Map<string, string>()
  const special = new Set<string>()
  const told = await store.partsOn(trx, day)
  const withParts = new Set(told.map(({ grid }) => grid))
  for (const { path, kind } of grids) {
    if (kind !== 'residential') special.add(path)
    // A grid that is told its parts stands beside them in the tree; one that is told none holds what lies in it.
    else if (!withParts.has(path)) residential.set(path, path)
  }
  for (const { part, grid } of told) residential.set(part, grid)
  return { residential, special }
}
