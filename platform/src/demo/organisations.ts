import cast from './data/cast.json' with { type: 'json' }
import text from './data/organisations.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import type { Community, Compound, Geography, Subdistrict } from './geography.ts'
import { demoPhone } from './names.ts'
import type { Random } from './prng.ts'

export type OrganisationKind =
  | 'government'
  | 'department'
  | 'committee'
  | 'civic'
  | 'company'
  | 'property_firm'
/** A row of `organisation`; `key` names a role in the demo ('urban', 'desk', ...), `home` the place it is in. */
export type Organisation = {
  id: string
  key: string
  kind: OrganisationKind
  name: string
  shortName: string
  parent: string | null
  path: string
  deskLevel: 'community' | 'subdistrict' | 'district' | null
  /** Public number. */
  phone: string
}

export type Organisations = {
  all: Organisation[]
  desk: Organisation
  offices: Map<Subdistrict, Organisation>
  committees: Map<Community, Organisation>
  /** Departments, branches and companies of the whole district, by key. */
  departments: Map<string, Organisation>
  /** Police station, justice office and volunteers of a subdistrict, by key and subdistrict. */
  local: Map<string, Organisation>
  /** Who looks after a compound; villages have none. */
  firms: Map<Compound, Organisation>
  /** Offices, schools and hospitals of the district whose staff look after units as liaisons. */
  paired: Organisation[]
}

/** Staff phones are numbered from 0, those of organisations from here. */
const ORGANISATION_PHONES = 500_000

export function generateOrganisations(geography: Geography, random: Random, since: number): Organisations {
  const all: Organisation[] = []
  const root = geography.district.path
  const add = (
    row: Omit<Organisation, 'id' | 'parent' | 'deskLevel' | 'phone'> & Partial<Organisation>,
  ): Organisation => {
    const phone = demoPhone(ORGANISATION_PHONES + all.length)
    const organisation = { id: random.uuid(since), parent: null, deskLevel: null, phone, ...row }
    all.push(organisation)
    return organisation
  }
  const desk = add({
    key: 'desk',
    kind: 'government',
    name: text.desk.name,
    shortName: text.desk.short,
    path: root,
    deskLevel: 'district',
  })
  const departments = new Map<string, Organisation>()
  for (const { key, name, short } of text.departments) {
    const full = text.districtPrefix + name
    departments.set(
      key,
      add({ key, kind: 'department', name: full, shortName: short, parent: desk.id, path: root }),
    )
  }
  for (const { key, of, name, short } of text.branches) {
    const parent = departments.get(of)?.id ?? desk.id
    departments.set(
      key,
      add({
        key,
        kind: 'department',
        name: text.districtPrefix + name,
        shortName: short,
        parent,
        path: root,
      }),
    )
  }
  for (const { key, name, short } of text.companies) {
    departments.set(key, add({ key, kind: 'company', name, shortName: short, path: root }))
  }
  const paired = text.paired.map((name) => {
    return add({
      key: 'paired',
      kind: 'department',
      name: text.districtPrefix + name,
      shortName: name,
      path: root,
    })
  })

  const offices = new Map<Subdistrict, Organisation>()
  const committees = new Map<Community, Organisation>()
  const local = new Map<string, Organisation>()
  const firms = new Map<Compound, Organisation>()
  for (const subdistrict of geography.subdistricts) {
    const { area } = subdistrict
    const bare = text.townSuffixes.reduce(
      (name, end) => (name.endsWith(end) ? name.slice(0, -end.length) : name),
      area.name,
    )
    const zone = area.name.includes(text.zoneShort)
    const town = area.name.endsWith(text.office.town.ending)
    const name = bare + (zone ? text.office.zone : town ? text.office.town.adds : text.office.street.adds)
    const short = zone ? text.zoneShort : area.name
    const seat = add({
      key: 'office',
      kind: 'government',
      name,
      shortName: short,
      parent: desk.id,
      path: area.path,
      deskLevel: 'subdistrict',
    })
    offices.set(subdistrict, seat)
    for (const { key, suffix, kind } of text.local) {
      const known = kind === 'civic' ? 'civic' : 'department'
      const title = (zone ? text.zoneShort : bare) + suffix
      local.set(
        key + area.code,
        add({ key, kind: known, name: title, shortName: suffix, parent: seat.id, path: area.path }),
      )
    }
    for (const community of subdistrict.communities)
      committees.set(community, committeeOf(community, seat, add))
    firmsOf(subdistrict, random, add, firms)
  }
  return { all, desk, offices, committees, departments, local, firms, paired }
}

type Add = (
  row: Omit<Organisation, 'id' | 'parent' | 'deskLevel' | 'phone'> & Partial<Organisation>,
) => Organisation

function committeeOf(community: Community, seat: Organisation, add: Add): Organisation {
  const suffixes: [string, string][] = Object.entries(text.committee)
  const [, short] = suffixes.find(([long]) => community.officialName.endsWith(long)) ?? [
    '',
    suffixes[0]?.[1] ?? '',
  ]
  const name = community.area.name + short
  return add({
    key: 'committee',
    kind: 'committee',
    name,
    shortName: name,
    parent: seat.id,
    path: community.area.path,
    deskLevel: 'community',
  })
}

/** A property firm's site office for every community with flats; the showcase's firm keeps its name. */
function firmsOf(
  subdistrict: Subdistrict,
  random: Random,
  add: Add,
  firms: Map<Compound, Organisation>,
): void {
  for (const community of subdistrict.communities) {
    if (community.area.village) continue
    const shown = community.area.code === places.showcase.community
    const name = shown ? cast.firm : random.pick(text.firmNames.filter((one) => one !== cast.firm))
    const full = name + text.firmLong + stripped(community.area.name) + text.firmSite
    const firm = add({
      key: 'firm',
      kind: 'property_firm',
      name: full,
      shortName: name + text.firmSuffix,
      path: community.area.path,
    })
    for (const compound of community.compounds) firms.set(compound, firm)
  }
}

function stripped(name: string): string {
  return name.endsWith(places.communitySuffix) ? name.slice(0, -places.communitySuffix.length) : name
}
