import { sql } from 'kysely'
import type { Position } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import type { MediationDeed, MediationState } from './rules.ts'

/** SQL of the tables of mediation files. Private to this folder; row security keeps each file to its desk and mediators. */

export type File = {
  id: string
  organisation: string
  request: string | null
  title: string
  state: MediationState
  followUpOn: string | null
  version: number
  openedAt: string
  parties: { id: string; name: string; resident: string | null }[]
  mediators: string[]
}

const columns = sql.raw(`m.id, m.organisation_id as organisation, m.request_id as request, m.title, m.state,
  m.follow_up_on as "followUpOn", m.version, m.opened_at as "openedAt",
  coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'resident', p.resident_id) order by p.id)
    from mediation_party p where p.district_code = m.district_code and p.mediation_id = m.id), '[]') as parties,
  array(select w.person_id from mediation_mediator w where w.district_code = m.district_code and w.mediation_id = m.id
    and w.until is null order by w.since, w.person_id) as mediators`)

/** One page of the files of these desks and of those I mediate, newest first, and one row more. */
export async function page(
  trx: Trx,
  { organisations, over, limit }: { organisations: readonly string[]; over: boolean | null; limit: number },
  after: Position | null,
): Promise<File[]> {
  const states = over ? ['kept', 'ended'] : ['open', 'agreed', 'broken']
  const filter = sql`and (${over}::boolean is null or m.state = any (${sql.val(states)}::text[]))
    and (${after?.key ?? null}::timestamptz is null or (m.opened_at, m.id) < (${after?.key ?? null}::timestamptz, ${after?.id ?? null}::uuid))`
  const order = sql`order by m.opened_at desc, m.id desc limit ${limit + 1}`
  // Each way is one walk down an index; row security alone would read every file of the district.
  const { rows } = await sql<File>`
    select ${columns} from (
      (select m.* from mediation m where m.district_code = app.district()
        and m.organisation_id = any (${sql.val(organisations)}::uuid[]) ${filter} ${order})
      union
      (select m.* from mediation m where m.district_code = app.district()
        and m.id = any ((select app.mediating())::uuid[]) ${filter} ${order})
    ) m ${order}`.execute(trx)
  return rows
}

/** One file in reach; `lock` holds it, so that entries follow one another. */
export async function find(
  trx: Trx,
  id: string,
  { lock }: { lock?: boolean } = {},
): Promise<File | undefined> {
  const { rows } = await sql<File>`
    select ${columns} from mediation m where m.district_code = app.district() and m.id = ${id}
    ${lock ? sql`for update of m` : sql``}`.execute(trx)
  return rows[0]
}

export type Entry = {
  id: string
  kind: 'open' | 'mediators' | MediationDeed
  at: string
  on: string
  by: string
  words: string | null
}

export async function entriesOf(trx: Trx, file: string): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    select id, kind, at, on_day as on, by_person_id as by, words from mediation_entry
    where district_code = app.district() and mediation_id = ${file} order by seq desc`.execute(trx)
  return rows
}

type NewFile = {
  id: string
  organisation: string
  path: string
  request: string | null
  title: string
  by: string
  at: string
}

/** Adds a file unless its id is there. @returns whether it was added. */
export async function add(trx: Trx, file: NewFile): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into mediation (district_code, id, organisation_id, path, request_id, title, state, version, opened_by, opened_at)
    values (app.district(), ${file.id}, ${file.organisation}, ${file.path}, ${file.request}, ${file.title}, 'open', 1, ${file.by},
      ${file.at})
    on conflict (district_code, id) do nothing`.execute(trx)
  return numAffectedRows === 1n
}

export async function addParties(
  trx: Trx,
  file: Pick<NewFile, 'id' | 'organisation'>,
  parties: readonly { id: string; name: string; resident: string | null }[],
): Promise<void> {
  await sql`
    insert into mediation_party (district_code, mediation_id, id, organisation_id, resident_id, name)
    select app.district(), ${file.id}, p.id, ${file.organisation}, p.resident, p.name
    from jsonb_to_recordset(${JSON.stringify(parties)}::jsonb) as p (id uuid, resident uuid, name text)`.execute(
    trx,
  )
}

/** Says who mediates: all of them. Whoever is not named any more mediates no longer. */
export async function setMediators(
  trx: Trx,
  file: Pick<NewFile, 'id' | 'organisation'>,
  people: readonly string[],
  at: string,
): Promise<void> {
  await sql`
    update mediation_mediator set until = ${at}
    where district_code = app.district() and mediation_id = ${file.id} and until is null
      and not person_id = any (${sql.val(people)}::uuid[])`.execute(trx)
  await sql`
    insert into mediation_mediator (district_code, mediation_id, person_id, organisation_id, since)
    select app.district(), ${file.id}, p, ${file.organisation}, ${at} from unnest(${sql.val(people)}::uuid[]) as p
    on conflict (district_code, mediation_id, person_id) do update set until = null`.execute(trx)
}

/** Adds an entry after those that are there; the file is held. */
export async function append(
  trx: Trx,
  file: Pick<NewFile, 'id' | 'organisation'>,
  entry: Entry,
): Promise<void> {
  await sql`
    insert into mediation_entry (district_code, mediation_id, seq, id, organisation_id, kind, at, by_person_id, on_day, words)
    select app.district(), ${file.id}, 1 + coalesce(max(e.seq), 0), ${entry.id}, ${file.organisation}, ${entry.kind}, ${entry.at},
      ${entry.by}, ${entry.on}, ${entry.words}
    from mediation_entry e where e.district_code = app.district() and e.mediation_id = ${file.id}`.execute(
    trx,
  )
}

export async function stand(
  trx: Trx,
  id: string,
  { state, followUpOn }: { state: MediationState; followUpOn: string | null },
): Promise<void> {
  await sql`
    update mediation set state = ${state}, follow_up_on = ${followUpOn}::date, version = version + 1
    where district_code = app.district() and id = ${id}`.execute(trx)
}
