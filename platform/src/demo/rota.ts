import cast from './data/cast.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import words from './data/rota.json' with { type: 'json' }
import { mondayOf } from '#rota/rules.ts'
import type { Row } from './copy.ts'
import type { Organisation } from './organisations.ts'
import type { Person } from './people.ts'
import type { Filling } from './copy.ts'
import { iso } from './simulation.ts'
import type { World } from './world.ts'

/**
 * Who is on duty at night and on days off. The offices and the community that the pictures show have a rota for every hour but one
 * day off that nobody has yet, tonight somebody stands in and a turn of this week changed hands; of the other communities two in
 * three have a night.
 */

const lineColumns = [
  ...['district_code', 'id', 'organisation_id', 'path', 'name', 'weekdays', 'days', 'from_minute', 'minutes'],
  ...['person_id', 'backup_person_id', 'valid_from', 'valid_until', 'instead', 'set_by', 'set_at'],
]
const swapColumns = [
  ...['district_code', 'id', 'organisation_id', 'path', 'line_id', 'on_day', 'person_id', 'backup_person_id'],
  ...['set_by', 'set_at'],
]

const night = { name: words.night, from: 17.5 * 60, minutes: 15 * 60, days: 'every' } as const
const freeDay = { name: words.freeDay, from: 8.5 * 60, minutes: 9 * 60, days: 'off' } as const
const every = [1, 2, 3, 4, 5, 6, 7]

export function rotaRows(world: World): Filling[] {
  const district = world.geography.district.code
  const random = world.random.fork('rota')
  const { organisations, staff } = world
  const since = iso(world.since)
  const [rotas, lines, swaps, absences]: [Row[], Row[], Row[], Row[]] = [[], [], [], []]
  const today = world.now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const line = (
    { id, path }: Organisation,
    kind: typeof night | typeof freeDay,
    weekdays: readonly number[],
    [a, b]: readonly [Person, Person | undefined],
  ): string => {
    const key = random.uuid(world.since)
    lines.push([
      ...[district, key, id, path, kind.name, `{${weekdays.join()}}`, kind.days, kind.from, kind.minutes],
      ...[a.id, b?.id ?? null, since.slice(0, 10), null, false, a.id, since],
    ])
    return key
  }
  const number = ({ id, path }: Organisation, phone: string, by: Person) =>
    rotas.push([district, id, path, phone, 1, by.id, since])
  let given = 0
  const phone = () => `0316${String(2_900_000 + (given += 1))}`

  const pairs: [Organisation, Person[]][] = [
    [organisations.desk, staff.desks.get(organisations.desk.id) ?? []],
    ...[...organisations.offices.values()].map((office): [Organisation, Person[]] => [
      office,
      staff.desks.get(office.id) ?? [],
    ]),
  ]
  for (const [desk, [a, b]] of pairs) {
    if (!a || !b) continue
    line(desk, night, [1, 3, 5, 7], [a, b])
    line(desk, night, [2, 4, 6], [b, a])
    line(desk, freeDay, every, [b, a])
    number(desk, phone(), a)
  }
  for (const [community, committee] of organisations.committees) {
    const [a, b] = staff.desks.get(committee.id) ?? []
    const workers = [
      ...new Set(
        staff.posts
          .filter(({ organisation, role }) => organisation === committee && role === 'grid_worker')
          .map(({ person }) => person),
      ),
    ]
    if (!a || !b) continue
    if (community.area.code !== places.showcase.community) {
      if (random.chance(0.66)) line(committee, night, every, [random.pick([...workers, a]), b])
      continue
    }
    const [c, d] = [workers[0] ?? a, workers[1] ?? b]
    number(committee, phone(), a)
    const turns = [
      ...[line(committee, night, [1, 5], [a, b]), line(committee, night, [2, 6], [b, a])],
      ...[line(committee, night, [3, 7], [c, d]), line(committee, night, [4], [d, c])],
    ]
    line(committee, freeDay, [6], [c, a])
    // B of tonight has it, because A is away; and one turn to come changed hands.
    const tonight = [0, 1, 2, 3, 0, 1, 2][today.dayOfWeek - 1] ?? 0
    const people: [Person, Person][] = [
      [a, b],
      [b, a],
      [c, d],
      [d, c],
    ]
    const [absent, standIn] = people[tonight] ?? [a, b]
    const named: readonly string[] = Object.values(cast).flatMap((one) =>
      typeof one === 'object' && 'login' in one ? [one.name] : [],
    )
    if (!named.includes(absent.name))
      absences.push([
        ...[district, random.uuid(world.since), absent.id, standIn.id, today.toString()],
        today.add({ days: 2 }).toString(),
      ])
    const thursday = Temporal.PlainDate.from(mondayOf(today.toString())).add({ days: 10 })
    swaps.push([
      ...[
        district,
        random.uuid(world.since),
        committee.id,
        committee.path,
        turns[3] ?? '',
        thursday.toString(),
      ],
      ...[a.id, c.id, a.id, iso(world.now.epochMilliseconds - 3_600_000)],
    ])
  }
  return [
    {
      table: 'rota',
      columns: ['district_code', 'organisation_id', 'path', 'phone', 'version', 'set_by', 'set_at'],
      rows: rotas,
    },
    { table: 'rota_line', columns: lineColumns, rows: lines },
    { table: 'rota_swap', columns: swapColumns, rows: swaps },
    {
      table: 'absence',
      columns: ['district_code', 'id', 'person_id', 'backup_person_id', 'from_on', 'until_on'],
      rows: absences,
    },
  ]
}
