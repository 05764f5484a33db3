import { sql } from 'kysely'
import type { ExpressionBuilder } from 'kysely'
import type { Role } from '#access/permissions.ts'
import type { Position } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'

/** SQL of the tables person and post. Private to this folder. */

type Tables = {
  person: {
    district_code: string
    id: string
    name: string
    work_phone: string | null
    login: string | null
    active: boolean
    version: number
    created_at: string
  }
  post: {
    district_code: string
    id: string
    person_id: string
    organisation_id: string
    role: Role
    path: string
    backup_person_id: string | null
    valid_from: string
    valid_until: string | null
    version: number
  }
}

export type Person = {
  id: string
  name: string
  workPhone: string | null
  login: string | null
  active: boolean
  version: number
}
export type Post = {
  id: string
  person: string
  organisation: string
  role: Role
  path: string
  backup: string | null
  from: string
  until: string | null
  version: number
}

const district = sql<string>`app.district()`
const personColumns = ['id', 'name', 'work_phone as workPhone', 'login', 'active', 'version'] as const
const postColumns = [
  'id',
  'person_id as person',
  'organisation_id as organisation',
  'role',
  'path',
  'backup_person_id as backup',
  'valid_from as from',
  'valid_until as until',
  'version',
] as const

const oneOf = (ids: readonly string[]) => sql<string>`any (${sql.val(ids)}::uuid[])`

function persons(trx: Trx) {
  return trx.withTables<Tables>().selectFrom('person').where('person.district_code', '=', district)
}

function posts(trx: Trx) {
  return trx.withTables<Tables>().selectFrom('post').where('post.district_code', '=', district)
}

/** In force at a moment; spans are half-open. */
function inForce(at: string) {
  return (is: ExpressionBuilder<Tables, 'post'>) =>
    is.and([is('valid_from', '<=', at), is.or([is('valid_until', 'is', null), is('valid_until', '>', at)])])
}

export async function personsById(trx: Trx, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return []
  return persons(trx).where('id', '=', oneOf(ids)).select(personColumns).execute()
}

/** One person, held until the transaction ends, so that posts are added one after the other. */
export async function lockPerson(trx: Trx, id: string): Promise<Person | undefined> {
  return persons(trx).where('id', '=', id).forUpdate().select(personColumns).executeTakeFirst()
}

/** One page of persons by name, and one row more. `at` decides which posts make someone part of an organisation. */
export async function personPage(
  trx: Trx,
  {
    q,
    organisation,
    limit,
    at,
  }: { q?: string | undefined; organisation?: string | undefined; limit: number; at: string },
  after: Position | null,
): Promise<Person[]> {
  let query = persons(trx)
  if (q) query = query.where('id', '=', sql<string>`any (array(select app.find_people(${q})))`)
  if (organisation) {
    query = query.where('id', 'in', (is) =>
      is
        .selectFrom('post')
        .where('post.district_code', '=', district)
        .where('post.organisation_id', '=', organisation)
        .where(inForce(at))
        .select('post.person_id'),
    )
  }
  if (after) query = query.where(sql<boolean>`(person.name, person.id) > (${after.key}, ${after.id}::uuid)`)
  return query
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .select(personColumns)
    .execute()
}

export async function loginTaken(trx: Trx, login: string, butBy: string): Promise<boolean> {
  const { rows } = await sql<{
    holder: string | null
  }>`select app.person_by_login(${login}) as holder`.execute(trx)
  const holder = rows[0]?.holder ?? null
  return holder !== null && holder !== butBy
}

/** Adds a person unless the id is there already. @returns whether it was added. */
export async function addPerson(
  trx: Trx,
  person: Omit<Person, 'active' | 'version'>,
  at: string,
): Promise<boolean> {
  const added = await trx
    .withTables<Tables>()
    .insertInto('person')
    .values({
      district_code: district,
      id: person.id,
      name: person.name,
      work_phone: person.workPhone,
      login: person.login,
      active: true,
      version: 1,
      created_at: at,
    })
    .onConflict((conflict) => conflict.columns(['district_code', 'id']).doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function changePerson(trx: Trx, person: Person): Promise<void> {
  await trx
    .withTables<Tables>()
    .updateTable('person')
    .set({
      name: person.name,
      work_phone: person.workPhone,
      login: person.login,
      active: person.active,
      version: person.version,
    })
    .where('district_code', '=', district)
    .where('id', '=', person.id)
    .execute()
}

/** Keeps the first letters that somebody's name is found by. */
export async function putInitials(
  trx: Trx,
  rows: readonly { person: string; initials: string }[],
): Promise<void> {
  await sql`
    insert into person_initials (district_code, person_id, initials)
    select app.district(), n.person, n.initials
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (person uuid, initials text)
    on conflict (district_code, person_id) do update set initials = excluded.initials`.execute(trx)
}

/** Persons whose initials nobody has worked out yet. */
export async function withoutInitials(trx: Trx, limit: number): Promise<Pick<Person, 'id' | 'name'>[]> {
  const { rows } = await sql<Pick<Person, 'id' | 'name'>>`
    select p.id, p.name from person_initials i
    join person p on p.district_code = i.district_code and p.id = i.person_id
    where i.district_code = app.district() and i.initials is null limit ${limit}`.execute(trx)
  return rows
}

/** Persons whose name holds the words, or whose name's sounds begin with these letters. */
export async function personsNamed(trx: Trx, part: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from app.find_people(${part}) as id limit ${limit}`.execute(trx)
  return rows.map(({ id }) => id)
}

export async function postsOf(trx: Trx, persons: readonly string[]): Promise<Post[]> {
  if (persons.length === 0) return []
  return posts(trx)
    .where('person_id', '=', oneOf(persons))
    .orderBy('valid_from')
    .orderBy('id')
    .select(postColumns)
    .execute()
}

/** Posts in force of active persons whose area is one of these, in the order in which they were given. */
export async function postsOver(
  trx: Trx,
  paths: readonly string[],
  roles: readonly Role[],
  at: string,
): Promise<Post[]> {
  if (roles.length === 0) return []
  return posts(trx)
    .innerJoin('person', (join) =>
      join.onRef('person.district_code', '=', 'post.district_code').onRef('person.id', '=', 'post.person_id'),
    )
    .where('post.path', '=', sql<string>`any (${sql.val(paths)}::text[])`)
    .where('post.role', 'in', roles)
    .where('person.active', '=', true)
    .where(inForce(at))
    .orderBy('post.valid_from')
    .orderBy('post.id')
    .select([
      'post.id',
      'post.person_id as person',
      'post.organisation_id as organisation',
      'post.role',
      'post.path',
      'post.backup_person_id as backup',
      'post.valid_from as from',
      'post.valid_until as until',
      'post.version',
    ])
    .execute()
}

/** Posts of a role that these persons hold at a moment. */
export async function postsHeld(
  trx: Trx,
  persons: readonly string[],
  role: Role,
  at: string,
): Promise<Post[]> {
  if (persons.length === 0) return []
  return posts(trx)
    .where('person_id', '=', oneOf(persons))
    .where('role', '=', role)
    .where(inForce(at))
    .orderBy('path')
    .select(postColumns)
    .execute()
}

/** B of the A/B pair of a liaison, or of whatever else the person is; null when nobody is named. */
export async function backupOf(trx: Trx, person: string, at: string): Promise<string | null> {
  const held = await posts(trx)
    .where('person_id', '=', person)
    .where('backup_person_id', 'is not', null)
    .where(inForce(at))
    .orderBy(sql`(role = 'liaison')`, 'desc')
    .orderBy('valid_from')
    .orderBy('id')
    .select('backup_person_id as backup')
    .executeTakeFirst()
  return held?.backup ?? null
}

export async function lockPost(trx: Trx, id: string): Promise<Post | undefined> {
  return posts(trx).where('id', '=', id).forUpdate().select(postColumns).executeTakeFirst()
}

export async function addPost(trx: Trx, post: Omit<Post, 'version'>): Promise<void> {
  await trx
    .withTables<Tables>()
    .insertInto('post')
    .values({
      district_code: district,
      id: post.id,
      person_id: post.person,
      organisation_id: post.organisation,
      role: post.role,
      path: post.path,
      backup_person_id: post.backup,
      valid_from: post.from,
      valid_until: post.until,
      version: 1,
    })
    .execute()
}

/** Ends a post; one that has not begun ends where it would begin. */
export async function endPost(trx: Trx, id: string, at: string): Promise<void> {
  await sql`
    update post set valid_until = greatest(valid_from, ${at}::timestamptz), version = version + 1
    where district_code = app.district() and id = ${id}`.execute(trx)
}

/** Ends every post of a person that is still to be in force after `at`. */
export async function endPostsOf(trx: Trx, person: string, at: string): Promise<void> {
  await sql`
    update post set valid_until = greatest(valid_from, ${at}::timestamptz), version = version + 1
    where district_code = app.district() and person_id = ${person} and (valid_until is null or valid_until > ${at}::timestamptz)`.execute(
    trx,
  )
}
