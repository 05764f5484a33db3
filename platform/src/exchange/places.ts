import { placeKey } from './rules.ts'
import type { Level } from './rules.ts'
import type { CellFault } from './check.ts'

/** From the words of a row to a stairwell of the district: every name in its one spelling, looked up once. Pure. */

export type PlaceArea = { path: string; kind: string; name: string }

type PlaceWords = { community: string; compound: string; building: string; unit: string }
type Asked = 'community' | 'compound' | 'building' | 'unit'
type Lost = { fault: CellFault; level: Asked }

export type Places = {
  /** Where the words lead; the first level that leads nowhere otherwise. */
  find(words: PlaceWords): { path: string } | Lost
  /** The same for an address in one cell, the door at its end. */
  read(address: string, community: string): { path: string; door: string } | { fault: CellFault }
}

const levels: readonly Asked[] = ['community', 'compound', 'building', 'unit']
const unknown = {
  community: 'place.unknown_community',
  compound: 'place.unknown_compound',
  building: 'place.unknown_building',
  unit: 'place.unknown_unit',
} as const satisfies Record<Asked, CellFault>

/** How many answers are remembered; a district has some seven thousand stairwells. */
const remembered = 20_000

/** @param areas everything from the community down that may be imported for. */
export function makePlaces(areas: readonly PlaceArea[]): Places {
  const byKey = new Map<string, string[]>()
  const unitsUnder = new Map<string, string[]>()
  for (const { path, kind, name } of areas) {
    if (!levels.includes(kind as Asked)) continue
    const key = `${kind}|${placeKey(kind as Level, name)}`
    byKey.set(key, [...(byKey.get(key) ?? []), path])
    if (kind === 'unit') {
      const above = path.slice(0, path.lastIndexOf('/', path.length - 2) + 1)
      unitsUnder.set(above, [...(unitsUnder.get(above) ?? []), path])
    }
  }
  const answers = new Map<string, { path: string } | Lost>()
  const look = (words: PlaceWords): { path: string } | Lost => {
    let under: string[] | null = null
    let last: Asked | null = null
    for (const level of levels) {
      if (words[level] === '') continue
      const named = byKey.get(`${level}|${placeKey(level, words[level])}`) ?? []
      const within: string[] =
        under === null ? named : named.filter((path) => under?.some((one) => path.startsWith(one)))
      if (within.length === 0) return { fault: unknown[level], level }
      under = within
      last = level
    }
    if (under === null || last === null) return { fault: 'place.missing', level: 'building' }
    if (under.length > 1) return { fault: 'place.ambiguous', level: last }
    const path = under[0] ?? ''
    // A house with one stairwell is often written down without it.
    const [only, other] = last === 'unit' ? [] : (unitsUnder.get(path) ?? [])
    if (only !== undefined && other !== undefined) return { fault: 'place.unknown_unit', level: 'unit' }
    return { path: only ?? path }
  }
  const find = (words: PlaceWords): { path: string } | Lost => {
    const key = `${words.community}|${words.compound}|${words.building}|${words.unit}`
    const known = answers.get(key)
    if (known) return known
    if (answers.size > remembered) answers.clear()
    const found = look(words)
    answers.set(key, found)
    return found
  }
  return {
    find,
    read(address, community) {
      const parts = cut(address)
      if (!parts) return { fault: 'place.unread' }
      const found = find({ ...parts, community: parts.community === '' ? community : parts.community })
      return 'fault' in found ? found : { path: found.path, door: parts.door }
    },
  }
}

const address = new RegExp(
  // community? compound building unit? door, as signs and letters write them
  String.raw`^(?:(?<community>.+?(?:\u793e\u533a|\u6751)))?(?<compound>.*?)(?<building>[A-Za-z]?\d+|[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]+)(?:\u53f7\u697c|\u680b|\u5e62|#\u697c|#|\u697c|-)(?:(?<unit>\d+|[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]+)(?:\u5355\u5143|\u95e8|-))?(?<door>\d{1,5})(?:\u5ba4|\u53f7|\u6237)?$`,
)

/** An address cut into what its parts name; null for one that is written in no usual way. */
function cut(text: string): (PlaceWords & { door: string }) | null {
  const groups = address.exec(text.normalize('NFKC').replaceAll(/\s/g, ''))?.groups
  if (!groups) return null
  const { community = '', compound = '', building = '', unit = '', door = '' } = groups
  return { community, compound, building, unit, door: placeKey('door', door) }
}
