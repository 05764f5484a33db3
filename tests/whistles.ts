import pg from 'pg'
import { derivedId } from '#kernel/ids.ts'
import { apply } from '#whistle/standing.ts'
import type { EntryOf } from '#whistle/standing.ts'
import { district, ids, paths, personOf } from './fixture.ts'
import type { Side } from './samples/sample.ts'

/** A whistle about a request of the fixture, waiting for the town; written as the owner. @returns its id. */
export async function whistleOn(ownerUrl: string, request: string, side: Side): Promise<string> {
  const id = derivedId('whistle', request)
  const [blower, town] =
    side === 'inside' ? [ids.community, ids.subdistrict] : [ids.otherCommunity, ids.otherSubdistrict]
  const at = '2026-11-20T02:00:00.000Z'
  const term = {
    startsAt: at,
    halfAt: '2026-11-20T05:30:00.000Z',
    mostAt: '2026-11-20T06:42:00.000Z',
    dueAt: '2026-11-20T07:30:00.000Z',
    presumed: false,
  }
  const form: EntryOf<'form'> = {
    id: derivedId('form', request),
    kind: 'form',
    at,
    by: { kind: 'staff', person: personOf('community_desk'), organisation: blower },
    words: '路灯不亮',
    data: { requests: [request], urgent: false, town, term },
  }
  const standing = apply(null, form)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      `insert into whistle (district_code, id, path, blower_organisation_id, blower_person_id, town_organisation_id, urgent, state,
         turn_organisation_id, due_at, next_alarm_at, formed_at, last_entry_at, standing, seq)
       values ($1, $2, $3, $4, $5, $6, false, 'formed', $6, $7, $8, $9, $9, $10, 1)`,
      [
        district,
        id,
        side === 'inside' ? paths.inside.community : paths.outside.community,
        blower,
        personOf('community_desk'),
        town,
        term.dueAt,
        term.halfAt,
        at,
        JSON.stringify(standing),
      ],
    )
    await client.query(
      'insert into whistle_request (district_code, whistle_id, request_id, place) values ($1, $2, $3, 1)',
      [district, id, request],
    )
    await client.query(
      `insert into whistle_entry (district_code, whistle_id, seq, id, kind, at, by_person_id, by_organisation_id, words, data)
       values ($1, $2, 1, $3, 'form', $4, $5, $6, $7, $8)`,
      [district, id, form.id, at, personOf('community_desk'), blower, form.words, JSON.stringify(form.data)],
    )
  } finally {
    await client.end()
  }
  return id
}
