import cast from './data/cast.json' with { type: 'json' }
import words from './data/mediation.json' with { type: 'json' }
import places from './data/places.json' with { type: 'json' }
import type { Row } from './copy.ts'
import type { Filling } from './copy.ts'
import { iso } from './simulation.ts'
import type { World } from './world.ts'

/** Two mediation files of the community that the pictures show: one still being talked about, one agreed whose day to ask is today. */

const dayMs = 86_400_000

export function mediationRows(world: World): Filling[] {
  const district = world.geography.district.code
  const random = world.random.fork('mediation')
  const [files, parties, mediators, entries]: [Row[], Row[], Row[], Row[]] = [[], [], [], []]
  const committee = [...world.organisations.committees].find(
    ([community]) => community.area.code === places.showcase.community,
  )?.[1]
  const person = (login: string) => world.staff.people.find((one) => one.login === login)
  const [desk, head] = [person(cast.community_desk.login), person(cast.building_head.login)]
  if (!committee || !desk || !head) return []
  const at = (daysAgo: number) => world.now.epochMilliseconds - daysAgo * dayMs
  const dayAt = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  for (const file of words.files) {
    const opened = at(file.entries[0]?.daysAgo ?? 0)
    const id = random.uuid(opened)
    const followUp = file.entries.flatMap((entry) =>
      'followUpInDays' in entry ? [entry.followUpInDays ?? 0] : [],
    )
    const agreed = followUp[0] !== undefined
    files.push([
      ...[district, id, committee.id, committee.path, file.title, agreed ? 'agreed' : 'open'],
      ...[agreed ? dayAt(at(-(followUp[0] ?? 0))) : null, file.entries.length, desk.id, iso(opened)],
    ])
    for (const name of file.parties) parties.push([district, id, random.uuid(opened), committee.id, name])
    for (const one of [desk, head]) mediators.push([district, id, one.id, committee.id, iso(opened)])
    file.entries.forEach((entry, index) => {
      const when = at(entry.daysAgo)
      entries.push([
        ...[district, id, index + 1, random.uuid(when), committee.id, entry.kind, iso(when)],
        ...[index === 0 ? desk.id : head.id, dayAt(when), entry.words],
      ])
    })
  }
  const of = (...columns: string[]) => ['district_code', 'mediation_id', ...columns]
  return [
    {
      table: 'mediation',
      columns: [
        ...['district_code', 'id', 'organisation_id', 'path', 'title', 'state', 'follow_up_on', 'version'],
        ...['opened_by', 'opened_at'],
      ],
      rows: files,
    },
    { table: 'mediation_party', columns: of('id', 'organisation_id', 'name'), rows: parties },
    { table: 'mediation_mediator', columns: of('person_id', 'organisation_id', 'since'), rows: mediators },
    {
      table: 'mediation_entry',
      columns: of('seq', 'id', 'organisation_id', 'kind', 'at', 'by_person_id', 'on_day', 'words'),
      rows: entries,
    },
  ]
}
