import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { ProfileChange } from './profile-contract.ts'

/** SQL of person_anchor, person_skill, organisation_pair and absence. Private to this folder. */

export type ProfileLine = {
  id: string
  employer: string | null
  availability: ProfileChange['availability']
  mostHouseholds: number | null
  version: number
}

/** @param hold until the transaction ends */
export async function profileOf(trx: Trx, person: string, hold = false): Promise<ProfileLine | undefined> {
  const { rows } = await sql<ProfileLine>`
    select id, employer_id as employer, availability, most_households as "mostHouseholds", version from person
    where district_code = app.district() and id = ${person} ${hold ? sql`for update` : sql``}`.execute(trx)
  return rows[0]
}

export async function anchorsOf(trx: Trx, person: string): Promise<ProfileChange['anchors']> {
  const { rows } = await sql<ProfileChange['anchors'][number]>`
    select id, kind, lon, lat, path from person_anchor where district_code = app.district() and person_id = ${person}
    order by kind, id`.execute(trx)
  return rows
}

export async function skillsOf(trx: Trx, person: string): Promise<string[]> {
  const { rows } = await sql<{ skill: string }>`
    select skill from person_skill where district_code = app.district() and person_id = ${person} order by skill`.execute(
    trx,
  )
  return rows.map(({ skill }) => skill)
}

/** Puts all of a profile in place of what was there. */
export async function putProfile(trx: Trx, person: string, profile: ProfileChange): Promise<void> {
  await sql`
    update person set employer_id = ${profile.employer}, availability = ${sql.val(profile.availability)}::text[],
      most_households = ${profile.mostHouseholds}, version = version + 1
    where district_code = app.district() and id = ${person}`.execute(trx)
  await sql`delete from person_anchor where district_code = app.district() and person_id = ${person}`.execute(
    trx,
  )
  await sql`
    insert into person_anchor (district_code, id, person_id, kind, lon, lat, path)
    select app.district(), a.id, ${person}, a.kind, a.lon, a.lat, a.path
    from jsonb_to_recordset(${JSON.stringify(profile.anchors)}::jsonb) as a (id uuid, kind text, lon float8, lat float8, path text)`.execute(
    trx,
  )
  await sql`delete from person_skill where district_code = app.district() and person_id = ${person}`.execute(
    trx,
  )
  await sql`
    insert into person_skill (district_code, person_id, skill)
    select app.district(), ${person}, s from unnest(${sql.val(profile.skills)}::text[]) as s on conflict do nothing`.execute(
    trx,
  )
}

export async function pairsOf(trx: Trx, organisation: string): Promise<string[]> {
  const { rows } = await sql<{ path: string }>`
    select path from organisation_pair where district_code = app.district() and organisation_id = ${organisation} order by path`.execute(
    trx,
  )
  return rows.map(({ path }) => path)
}

export async function putPairs(trx: Trx, organisation: string, paths: readonly string[]): Promise<void> {
  await sql`delete from organisation_pair where district_code = app.district() and organisation_id = ${organisation}`.execute(
    trx,
  )
  await sql`
    insert into organisation_pair (district_code, organisation_id, path)
    select app.district(), ${organisation}, p from unnest(${sql.val(paths)}::text[]) as p on conflict do nothing`.execute(
    trx,
  )
}

export type AbsenceLine = {
  id: string
  person: string
  backup: string
  from: string
  until: string | null
  version: number
}

const columns = sql.raw(
  'id, person_id as person, backup_person_id as backup, from_on as "from", until_on as until, version',
)

export async function absenceById(trx: Trx, id: string): Promise<AbsenceLine | undefined> {
  const { rows } = await sql<AbsenceLine>`
    select ${columns} from absence where district_code = app.district() and id = ${id} for update`.execute(
    trx,
  )
  return rows[0]
}

/** Absences of today and to come, of one person or all; those who leave first come first. Empty spans were taken back. */
export async function absencesFrom(trx: Trx, day: string, person: string | null): Promise<AbsenceLine[]> {
  const { rows } = await sql<AbsenceLine>`
    select ${columns} from absence
    where district_code = app.district() and (until_on is null or (until_on > ${day}::date and until_on > from_on))
      ${person === null ? sql`` : sql`and (person_id = ${person} or backup_person_id = ${person})`}
    order by from_on, id limit 500`.execute(trx)
  return rows
}

/** Whether somebody is away already on some of these days. */
export async function overlaps(
  trx: Trx,
  { person, from, until }: { person: string; from: string; until: string | null },
): Promise<boolean> {
  const { rows } = await sql<{ away: boolean }>`
    select exists (select from absence where district_code = app.district() and person_id = ${person}
      and (until_on is null or until_on > greatest(from_on, ${from}::date))
      and (${until}::date is null or from_on < ${until}::date)) as away`.execute(trx)
  return rows[0]?.away ?? false
}

export async function addAbsence(trx: Trx, absence: Omit<AbsenceLine, 'version'>): Promise<void> {
  await sql`
    insert into absence (district_code, id, person_id, backup_person_id, from_on, until_on)
    values (app.district(), ${absence.id}, ${absence.person}, ${absence.backup}, ${absence.from}, ${absence.until})`.execute(
    trx,
  )
}

export async function endAbsence(trx: Trx, id: string, on: string): Promise<void> {
  await sql`
    update absence set until_on = greatest(from_on, ${on}::date), version = version + 1
    where district_code = app.district() and id = ${id}`.execute(trx)
}
