import cast from './data/cast.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import type { Community, Geography, Unit } from './geography.ts'
import { demoPhone, drawName } from './names.ts'
import type { Organisation, Organisations } from './organisations.ts'
import type { Random } from './prng.ts'

export type Role =
  | 'system_admin'
  | 'security_admin'
  | 'audit_admin'
  | 'community_desk'
  | 'subdistrict_desk'
  | 'district_desk'
  | 'handler'
  | 'grid_worker'
  | 'liaison'
  | 'building_head'
export type Person = { id: string; name: string; phone: string; login: string | null }
export type Post = {
  id: string
  person: Person
  organisation: Organisation
  role: Role
  path: string
  backup: Person | null
  /** How many of the stairwell's households are the liaison's, in the order of the doors. */
  share?: number
}
export type Staff = {
  people: Person[]
  posts: Post[]
  /** Who works for an organisation, by its id. */
  handlers: Map<string, Person[]>
  desks: Map<string, Person[]>
  gridWorkers: Map<string, Person[]>
}

const HOUSEHOLDS_PER_GRID_WORKER = 380

/** Everybody who serves: desks, handlers, grid workers, building heads, and a liaison for every household. */
export function generateStaff(
  geography: Geography,
  organisations: Organisations,
  random: Random,
  since: number,
): Staff {
  const staff: Staff = {
    people: [],
    posts: [],
    handlers: new Map(),
    desks: new Map(),
    gridWorkers: new Map(),
  }
  const person = (known?: { name: string; login?: string; phone?: string }): Person => {
    const phone = known?.phone ?? demoPhone(staff.people.length)
    const one = {
      id: random.uuid(since),
      name: known?.name ?? drawName(random),
      phone,
      login: known?.login ?? null,
    }
    staff.people.push(one)
    return one
  }
  const post = (
    holder: Person,
    organisation: Organisation,
    role: Role,
    path: string,
    backup: Person | null = null,
    share?: number,
  ) => {
    const id = random.uuid(since)
    staff.posts.push({ id, person: holder, organisation, role, path, backup, ...(share && { share }) })
    if (role === 'handler') enlist(staff.handlers, organisation.id, holder)
    if (role.endsWith('_desk')) enlist(staff.desks, organisation.id, holder)
  }
  const pair = (
    organisation: Organisation,
    role: Role,
    path: string,
    known?: { name: string; login?: string },
  ) => {
    const [a, b] = [person(known), person()]
    post(a, organisation, role, path, b)
    post(b, organisation, role, path, a)
  }

  const root = geography.district.path
  const { departments, desk } = organisations
  post(person(cast.system_admin), departments.get('approval') ?? desk, 'system_admin', root)
  post(person(cast.security_admin), departments.get('police') ?? desk, 'security_admin', root)
  post(person(cast.audit_admin), departments.get('justice') ?? desk, 'audit_admin', root)
  pair(desk, 'district_desk', root, cast.district_desk)
  for (const [key, department] of departments)
    pair(department, 'handler', root, key === 'drainage' ? cast.department : undefined)
  for (const local of organisations.local.values()) pair(local, 'handler', local.path)
  for (const [subdistrict, office] of organisations.offices) {
    const shown = subdistrict.area.code === places.showcase.subdistrict
    pair(office, 'subdistrict_desk', subdistrict.area.path, shown ? cast.subdistrict_desk : undefined)
  }
  for (const [community, committee] of organisations.committees) {
    const shown = community.area.code === places.showcase.community
    pair(committee, 'community_desk', community.area.path, shown ? cast.community_desk : undefined)
    const workers = Math.max(1, Math.round(community.households / HOUSEHOLDS_PER_GRID_WORKER))
    for (let i = 0; i < workers; i++) {
      const worker = person(shown && i === 0 ? cast.grid_worker : undefined)
      const compound = community.compounds[i % community.compounds.length]
      const path = compound?.area.path ?? community.area.path
      post(worker, committee, 'grid_worker', path)
      enlist(staff.gridWorkers, path, worker)
    }
    const firmsHere = new Set(
      community.compounds.flatMap((compound) => organisations.firms.get(compound) ?? []),
    )
    for (const firm of firmsHere)
      pair(firm, 'handler', community.area.path, shown ? cast.property : undefined)
    for (const compound of community.compounds) {
      compound.buildings.forEach((building, i) => {
        const star = shown && compound === community.compounds[0] && i === cast.building - 1
        post(person(star ? cast.building_head : undefined), committee, 'building_head', building.area.path)
      })
    }
    liaisonsOf(
      community,
      committee,
      organisations,
      person,
      post,
      random.fork(`liaison/${community.area.code}`),
    )
  }
  return staff
}

function enlist(lists: Map<string, Person[]>, key: string, person: Person): void {
  const list = lists.get(key)
  if (list) list.push(person)
  else lists.set(key, [person])
}

type MakePerson = (known?: { name: string; phone?: string; login?: string }) => Person
type MakePost = (
  holder: Person,
  organisation: Organisation,
  role: Role,
  path: string,
  backup?: Person | null,
  share?: number,
) => void

/**
 * Walks a community's households in the order of their doors and gives every liaison an equal stretch of them: at most
 * thirty, often across two stairwells, each of which is a post. The next liaison stands in.
 */
function liaisonsOf(
  community: Community,
  committee: Organisation,
  organisations: Organisations,
  person: MakePerson,
  post: MakePost,
  random: Random,
): void {
  const shown = community.area.code === places.showcase.community
  const compounds = [...community.compounds]
  let left = community.liaisons
  let first = 0
  if (shown) {
    // In the compound that the pictures show each liaison has two whole stairwells.
    const compound = compounds.shift()
    for (const building of compound?.buildings ?? []) {
      const star = building.area.name.startsWith(`${cast.building}`)
      const known = star ? [cast.liaison_west, cast.liaison, cast.liaison_east] : [undefined, undefined]
      const people = known.map((one) => person(one))
      const shares = star
        ? [[0], [1, 2], [3]]
        : [
            [0, 1],
            [2, 3],
          ]
      shares.forEach((units, i) => {
        const holder = people[i]
        if (!holder) return
        const from = star && i === 1 ? paired(organisations, cast.paired) : random.pick(organisations.paired)
        for (const u of units)
          post(
            holder,
            from,
            'liaison',
            building.units[u]?.area.path ?? building.area.path,
            people[(i + people.length - 1) % people.length] ?? null,
            building.units[u]?.households,
          )
      })
      left -= people.length
    }
  }
  const units = compounds.flatMap((compound) => compound.buildings.flatMap((building) => building.units))
  const people = Array.from({ length: left }, () => person())
  const homes = people.map(() =>
    random.chance(0.3)
      ? committee
      : random.pick(random.chance(0.6) ? organisations.paired : departmentsOf(organisations)),
  )
  const total = units.reduce((sum, unit) => sum + unit.households, 0)
  // Where the pictures are taken the lots have grown uneven over the years, so that a plan has something to mend.
  const begins = beginnings(
    total,
    people.map((_, k) => (shown ? (uneven[k % uneven.length] ?? 1) : 1)),
  )
  for (const unit of units) {
    for (const { index: k, share } of stretch(unit, first, begins)) {
      const holder = people[k]
      const from = homes[k]
      if (holder && from)
        post(holder, from, 'liaison', unit.area.path, people[(k + 1) % people.length] ?? null, share)
    }
    first += unit.households
  }
}

/** Sizes of lots beside one another: most as they should be, a few far too large, some hardly any. */
const uneven = [29, 28, 42, 30, 27, 8, 29, 38, 28, 30, 26, 29, 30, 41, 28] as const

/** Which household each of several stretches begins with, by their weights; the last is where they end. */
function beginnings(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return [0, ...weights].map((weight) => {
    before += weight
    return Math.ceil((before * total) / Math.max(1, all))
  })
}

/** Which stretches reach into this unit, and how far. */
function stretch(unit: Unit, first: number, begins: readonly number[]): { index: number; share: number }[] {
  const end = first + unit.households
  return begins.slice(0, -1).flatMap((begin, index) => {
    const share = Math.min(end, begins[index + 1] ?? 0) - Math.max(first, begin)
    return share > 0 ? [{ index, share }] : []
  })
}

function departmentsOf(organisations: Organisations): Organisation[] {
  return [...organisations.departments.values()].filter((one) => one.kind === 'department')
}

function paired(organisations: Organisations, ending: string): Organisation {
  return organisations.paired.find((one) => one.name.endsWith(ending)) ?? organisations.desk
}
