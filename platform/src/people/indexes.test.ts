import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { doorsUnder, livedAt } from '#households/building.ts'
import { liaisonsAt } from '#households/duties.ts'
import { doorsIn, dwellingsOf, homesOfPhone, householdAt } from '#households/service.ts'
import type { Trx } from '#kernel/db.ts'
import { uuidv7 } from '#kernel/ids.ts'
import * as failed from '#notify/failed.ts'
import * as notify from '#notify/service.ts'
import { claimNext, claimTogether, giveUp, waysOf } from '#notify/outbox-store.ts'
import * as sending from '#notify/sending-store.ts'
import { freshNotices } from '#notify/store.ts'
import * as org from '#org/service.ts'
import { rotasAt } from '#rota/on-duty.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { TestDatabase } from '#tests/database.ts'
import { district, ids, paths, personOf, seedFixture } from '#tests/fixture.ts'
import { servingHere } from './here.ts'
import * as people from './service.ts'

/**
 * No query without an index, under row security. Each table holds thousands of rows that have nothing to do with what is
 * asked, and PostgreSQL counts the rows it touches.
 */

const now = Temporal.Instant.from('2026-11-20T10:20:00+08:00')
const at = now.toString({ smallestUnit: 'millisecond' })
const unit = paths.inside.unit
const reader = {
  reporter: ids.firm,
  person: personOf('liaison'),
  organisations: [ids.firm],
  requests: [ids.bureau],
}
const cursor = Buffer.from(JSON.stringify([at, ids.firm])).toString('base64url')
const known = [
  'area',
  'building',
  'organisation',
  'person',
  'post',
  'dwelling',
  'household',
  'resident',
  'message',
]
/** Far fewer than there are, and more than any of the questions has answers. */
const few = 150

/** Three thousand of everything, elsewhere. */
const elsewhere = `
  create temp table n as select n, '131003/131003002/131003002002/131003002002001/' || lpad(n::text, 18, '0') || '/' as path,
    gen_random_uuid() as id, gen_random_uuid() as other from generate_series(1, 3000) n;
  insert into area (district_code, path, code, kind, parent_path, name)
    select '${district}', '131003/131003002/131003002002/131003002002001/', '131003002002001', 'compound', '131003/131003002/131003002002/', '远处'
    union all select '${district}', path, lpad(n::text, 18, '0'), 'building', '131003/131003002/131003002002/131003002002001/', n || '号楼' from n;
  insert into building select '${district}', path, 6, 1, '[]' from n;
  insert into organisation (district_code, id, kind, name, short_name, path)
    select '${district}', id, 'company', '别处' || n, '别处' || n, path from n;
  insert into person (district_code, id, name, login, created_at) select '${district}', id, '别人' || n, 'other' || n, now() from n;
  insert into post (district_code, id, person_id, organisation_id, role, path, valid_from)
    select '${district}', other, id, id, 'handler', path, '2020-01-01' from n;
  insert into dwelling select '${district}', id, path, 1, '101' from n;
  insert into household select '${district}', id, id, path from n;
  insert into resident (district_code, id, household_id, path, name, relation, phone_index)
    select '${district}', id, id, path, '别人', 'head', n::text from n;
  insert into message (district_code, id, channel, to_organisation_id, template, params, request_id, state, try_at, sent_at, reason, created_at)
    select '${district}', id, case n % 3 when 0 then 'in_app' else 'sms' end, id, 'request.answer', '{}', other,
      (array['sent', 'waiting', 'failed'])[n % 3 + 1], case n % 3 when 1 then timestamptz '2027-01-01' end,
      case n % 3 when 0 then timestamptz '2026-01-01' end, case n % 3 when 2 then 'provider' end, timestamptz '2026-01-01' + n * interval '1 minute'
    from n;
  analyze;`

const queries: Record<string, (trx: Trx) => Promise<unknown>> = {
  'desks over a place': (trx) => org.desksFor(trx, unit),
  'names of organisations': (trx) => org.organisationNames(trx, [ids.firm]),
  'words for places': (trx) => org.placeOf(trx, [unit]),
  'areas under one': (trx) => org.areasUnder(trx, paths.district),
  'the district': (trx) => org.areasUnder(trx, null),
  'areas by name': (trx) => org.searchAreas(trx, '和平'),
  'buildings by name': (trx) => org.searchAreas(trx, '号楼', 'building', paths.inside.community),
  'buildings around': (trx) => org.buildingsNear(trx, unit),
  'organisations by name': (trx) => org.organisationsFound(trx, { q: '物业', limit: 10 }),
  'organisations of a kind': (trx) =>
    org.organisationsFound(trx, { kind: 'committee', limit: 10, after: cursor }),
  'organisations serving': (trx) => org.organisationsServing(trx, unit, '物业'),
  'organisations serving several places': (trx) =>
    org.organisationsServingEach(trx, [unit, paths.inside.community]),
  'names of people': (trx) => people.personNames(trx, [personOf('liaison')]),
  'people by name': (trx) => people.people(trx, { q: '的人', limit: 10 }, now),
  'people of an organisation': (trx) =>
    people.people(trx, { organisation: ids.firm, limit: 10, after: cursor }, now),
  'one person': (trx) => people.personById(trx, personOf('liaison'), now),
  'an account name': (trx) =>
    people.addPerson(trx, { id: uuidv7(now), name: '乔木', login: 'qiao', workPhone: null }, now),
  'serving here': (trx) => servingHere(trx, unit, now, { doorsIn, dutiesAt: liaisonsAt, rotasAt }),
  'an area of a code': (trx) => org.areaOfCode(trx, '13100300500300100302'),
  doors: (trx) => dwellingsOf(trx, unit),
  'doors of a building': (trx) => doorsUnder(trx, unit, '2026-11-20'),
  'who lived there': (trx) => livedAt(trx, ids.firm),
  'who lives there': (trx) => householdAt(trx, ids.firm, '2026-11-20'),
  'homes of a phone': (trx) => homesOfPhone(trx, 'x', '2026-11-20'),
  notices: (trx) => notify.noticesFor(trx, reader, { limit: 10, after: cursor }, 'en'),
  'messages of a request': (trx) => failed.messagesAbout(trx, ids.firm),
  delivered: (trx) => notify.deliveredFor(trx, ids.firm, 'request.answer'),
  'failed messages': (trx) => failed.failedMessages(trx, { limit: 10, after: cursor }),
  'failed messages of a reason': (trx) =>
    failed.failedMessages(trx, { limit: 10, reason: 'provider', channel: 'sms', after: cursor }),
  'fresh notices': (trx) => freshNotices(trx, reader, { writtenIn: 1n, id: ids.firm }, 10),
  'ways of those addressed': (trx) =>
    waysOf(trx, { reporters: [ids.firm], people: [personOf('liaison')], organisations: [ids.firm] }, at),
  'all read': (trx) => notify.markAllRead(trx, reader, now),
  'messages of the day': (trx) => claimTogether(trx, dayOf(ids.firm), at),
  'figures of the outbox': (trx) => sending.counts(trx, at, 10),
  'messages due': (trx) => claimNext(trx, 'sms', at),
  'messages cut off': (trx) => giveUp(trx, at),
}

/** A message of the day for somebody. */
const dayOf = (person: string) => ({
  id: ids.firm,
  channel: 'email' as const,
  reporter: null,
  person,
  organisation: null,
  device: null,
  template: 'request.note',
  params: {},
  request: null,
  tries: 1,
  urgent: false,
  digest: true,
  bundle: null,
  at,
})

let made: TestDatabase

beforeAll(async () => {
  made = await createTestDatabase()
  await seedFixture(made.ownerUrl, at)
  const owner = new pg.Client({ connectionString: made.ownerUrl })
  await owner.connect()
  await owner.query(elsewhere)
  await owner.end()
})
afterAll(() => made.drop())

const scope = {
  district,
  reach: 'scoped' as const,
  paths: [paths.inside.community],
  organisations: [ids.firm],
  person: personOf('liaison'),
}

/** How many rows a piece of work touches, by whatever way it comes to them. */
const rowsRead = (work: (trx: Trx) => Promise<unknown>): Promise<number> =>
  made.database.within(scope, async (trx) => {
    const soFar = await counted(trx)
    await work(trx)
    return (await counted(trx)) - soFar
  })

async function counted(trx: Trx): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::int as read from pg_stat_xact_user_tables
    where relname = any (${sql.val(known)}::text[])`.execute(trx)
  return rows[0]?.read ?? Infinity
}

test('the yardstick bites: a question without an index is found out', async () => {
  expect(
    await rowsRead((trx) => sql`select count(*) from person where work_phone = '1'`.execute(trx)),
  ).toBeGreaterThan(3_000)
})

test.each(Object.entries(queries))('%s: read by an index', async (_, query) => {
  expect(await rowsRead(query)).toBeLessThan(few)
})
