import names from './data/names.json' with { type: 'json' }
import type { AreaKind } from './contract.ts'

/** What paths and names of areas mean. Pure. */

/** Just behind every path under `path`, in the C collation: `path <= x < endOf(path)` is everything under it. */
export function endOf(path: string): string {
  return `${path}\u{10FFFF}`
}

/** The path of every area from the district down to this one. */
export function lineOf(path: string): string[] {
  const line: string[] = []
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
    line.push(path.slice(0, end + 1))
  return line
}

/** OR2: a community is called by its place, not by its committee. */
export function placeName(kind: AreaKind, name: string): string {
  if (kind !== 'community') return name
  const rule = names.committees.find(({ ending }) => name.endsWith(ending))
  return rule ? name.slice(0, -rule.ending.length) + rule.place : name
}

type Named = { kind: AreaKind; name: string }

/**
 * OR3: where a place is, as people say it: compound, building and unit joined; a group of a village behind the village's name; a
 * community or anything above alone.
 * @param line the areas from the district down
 */
export function placeWords(line: readonly Named[]): string {
  const below = line.filter(({ kind }) => kind === 'compound' || kind === 'building' || kind === 'unit')
  const groups = line.filter(({ kind }) => kind === 'village_group' || kind === 'household_group')
  const words = [...below, ...groups].map(({ name }) => name).join('')
  if (below.length > 0) return words
  const home = line.find(({ kind }) => kind === 'community')
  // Groups are counted in every village anew, and so are grids: they are said with the name of the village.
  const grid = line.findLast(({ kind }) => kind === 'grid')
  if (home && (groups.length > 0 || grid))
    return placeName(home.kind, home.name) + (groups.length > 0 ? words : (grid?.name ?? ''))
  const last = line.at(-1)
  return last ? placeName(last.kind, last.name) : ''
}
