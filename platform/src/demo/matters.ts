import cast from './data/cast.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import words from './data/matters.json' with { type: 'json' }
import type { Filling } from './copy.ts'
import { iso } from './simulation.ts'
import type { World } from './world.ts'

/** What is asked of grids: something of the list, something that waits for the desk of the district, and something refused. */

const dayMs = 86_400_000

export function matterRows(world: World): Filling[] {
  const district = world.geography.district.code
  const random = world.random.fork('matters')
  const office = [...world.organisations.offices].find(
    ([subdistrict]) => subdistrict.area.code === places.showcase.subdistrict,
  )?.[1]
  const post = (login: string) => world.staff.posts.find(({ person }) => person.login === login)
  const department = post(cast.department.login)
  const [asks, decides] = [post(cast.subdistrict_desk.login), post(cast.district_desk.login)]
  if (!office || !department || !asks || !decides) return []
  const today = world.now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const rows = words.pushes.map((push) => {
    const by = push.by === 'office' ? asks : department
    const made = world.now.epochMilliseconds + Math.min(push.from - 1, -1) * dayMs
    const decision = 'decision' in push ? push.decision : null
    return [
      ...[district, random.uuid(made), by.organisation.id, office.path, push.matter, push.title, push.words],
      ...[push.purpose, push.hours, today.add({ days: push.from }).toString()],
      ...[today.add({ days: push.until }).toString(), push.state, by.person.id, iso(made)],
      ...[decision ? decides.person.id : null, decision ? iso(made + dayMs / 4) : null, decision],
    ]
  })
  return [
    {
      table: 'grid_push',
      columns: [
        ...[
          'district_code',
          'id',
          'organisation_id',
          'path',
          'matter_code',
          'title',
          'words',
          'purpose',
          'hours',
        ],
        ...[
          'starts_on',
          'ends_on',
          'state',
          'made_by',
          'made_at',
          'decided_by',
          'decided_at',
          'decision_words',
        ],
      ],
      rows,
    },
  ]
}
