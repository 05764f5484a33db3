import cast from './data/cast.json' with { type: 'json' }
import words from './data/care.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import type { Row } from './copy.ts'
import type { Compound, Unit } from './geography.ts'
import type { Dwelling } from './households.ts'
import type { Person, Post } from './people.ts'
import type { Filling } from './copy.ts'
import { iso } from './simulation.ts'
import type { World } from './world.ts'

/** Whose duty each door is, and what the plan knows of those who serve: where they live, what they can, when they are away. */

/** The liaisons of each stairwell, in the order of the doors that are theirs. */
export function liaisonsByUnit(world: World): Map<string, Post[]> {
  return Map.groupBy(
    world.staff.posts.filter(({ role }) => role === 'liaison'),
    ({ path }) => path,
  )
}

/** The liaison of every door of a stairwell: each has a stretch of households, and the empty doors between them. */
export function* holdersOf(
  doors: readonly Dwelling[],
  liaisons: readonly Post[],
): Generator<{ dwelling: string; person: Person }> {
  let turn = 0
  let left = liaisons[0]?.share ?? 0
  for (const { id, household } of doors) {
    if (household && left === 0 && turn < liaisons.length - 1) {
      turn += 1
      left = liaisons[turn]?.share ?? 0
    }
    const person = liaisons[turn]?.person
    if (person) yield { dwelling: id, person }
    if (household) left -= 1
  }
}

const METRES = 9e-6

/** Of the community that the pictures show. */
function isShown({ area }: Unit): boolean {
  return area.path.split('/')[2] === places.showcase.community
}

/** What the plan knows of the liaisons. Homes lie within a walk of their doors, as in a town where people know one another. */
export function* planRows(world: World): Generator<Filling> {
  const district = world.geography.district.code
  const random = world.random.fork('plan')
  const units = new Map(world.units.map((unit) => [unit.area.path, unit]))
  const shown = world.units.filter((unit) => isShown(unit))
  const first = new Map<Person, { unit: Unit; post: Post }>()
  for (const [path, posts] of liaisonsByUnit(world)) {
    const unit = units.get(path)
    for (const post of posts) if (unit && !first.has(post.person)) first.set(post.person, { unit, post })
  }
  const anchors: Row[] = []
  const skills: Row[] = []
  const absences: Row[] = []
  const pairs = new Map<string, Set<Compound>>()
  const today = world.now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  for (const [person, { unit, post }] of first) {
    // Where the pictures are taken people live in the very estate; one in four has doors at its other end.
    const here = isShown(unit) && random.chance(0.25) ? random.pick(shown) : unit
    const reach = isShown(unit) ? 70 : 700
    const away = () => (random.next() + random.next() - 1) * reach * METRES
    const [lon, lat] = [round(here.area.lon + away()), round(here.area.lat + away())]
    anchors.push([district, random.uuid(world.since), person.id, 'home', lon, lat, null])
    if (random.chance(0.3)) skills.push([district, person.id, random.pick(words.skills)])
    const { compound } = unit.building
    const own = pairs.get(post.organisation.id) ?? new Set()
    if (own.size < 3 && post.organisation.kind !== 'committee' && !isShown(unit))
      pairs.set(post.organisation.id, own.add(compound))
    const named = person.name === cast.liaison_west.name
    if (!post.backup || (!named && !random.chance(0.012))) continue
    const from = today.subtract({ days: named ? 1 : random.between(-12, 6) })
    const until = from.add({ days: named ? 6 : random.between(2, 9) })
    absences.push([
      district,
      random.uuid(world.since),
      person.id,
      post.backup.id,
      from.toString(),
      until.toString(),
    ])
  }
  yield {
    table: 'person_anchor',
    columns: ['district_code', 'id', 'person_id', 'kind', 'lon', 'lat', 'path'],
    rows: anchors,
  }
  yield { table: 'person_skill', columns: ['district_code', 'person_id', 'skill'], rows: skills }
  yield {
    table: 'absence',
    columns: ['district_code', 'id', 'person_id', 'backup_person_id', 'from_on', 'until_on'],
    rows: absences,
  }
  yield {
    table: 'organisation_pair',
    columns: ['district_code', 'organisation_id', 'path'],
    rows: [...pairs].flatMap(([organisation, compounds]) =>
      [...compounds].map((compound) => [district, organisation, compound.area.path]),
    ),
  }
}

/** For whom somebody works, as the first post says. */
export function employersOf(world: World): Map<Person, string> {
  const employers = new Map<Person, string>()
  for (const { person, organisation } of world.staff.posts)
    if (!employers.has(person)) employers.set(person, organisation.id)
  return employers
}

export const dutyColumns = ['district_code', 'id', 'dwelling_id', 'path', 'person_id', 'valid_from'] as const

/** When the doors were given: the day on which everything had been set up. */
export const dutySince = (world: World) => iso(world.since).slice(0, 10)

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
