import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { Period } from './periods.ts'

/**
 * One statement a rule and period makes every task of it (VR1, VR3). It reads the register in sets: household, care, duty
 * and post belong to other folders and are read here, and only here, because 231,000 doors are not asked for one by one.
 */

/** A rule as far as it decides whose door it is. */
export type Asking = {
  id: string
  version: number
  who: 'all' | 'care' | 'list' | 'event' | 'walk'
  careKinds: readonly string[]
  event: string | null
  days: number | null
  visitor: 'liaison' | 'backup' | 'leader' | 'grid'
}

/** A part of the district: areas from one path to before another, in the order of their bytes. */
export type Part = { from: string | undefined; before: string | undefined }

type At = {
  today: string
  now: string
  households?: readonly string[] | undefined
  part?: Part | undefined
}

/** Households that live somewhere on a day; all, or those of a part, or those named. */
const living = (
  day: string,
  { households, part }: Pick<At, 'households' | 'part'> = {},
): RawBuilder<unknown> => sql`
  h.district_code = app.district() and (h.moved_in is null or h.moved_in <= ${day}::date)
  and (h.moved_out is null or h.moved_out > ${day}::date) and h.merged_into_id is null
  and ${part ? within(sql.ref('h.path'), part) : sql`true`}
  and ${households ? sql`h.id = any (${sql.val(households)}::uuid[])` : sql`true`}`

function within(path: RawBuilder<unknown>, { from, before }: Part): RawBuilder<unknown> {
  return sql`${from === undefined ? sql`true` : sql`${path} >= ${from}`} and ${before === undefined ? sql`true` : sql`${path} < ${before}`}`
}

/** Whose door a rule is about, of household `h`. */
function chosen(rule: Asking): RawBuilder<unknown> {
  if (rule.who === 'care')
    return sql`exists (select from care c where c.district_code = h.district_code and c.household_id = h.id
      and c.ended_on is null and c.kind = any (${sql.val(rule.careKinds)}::text[]))`
  if (rule.who === 'list')
    return sql`exists (select from visit_rule_household n where n.district_code = h.district_code and n.rule_id = ${rule.id}
      and n.household_id = h.id and n.removed_on is null)`
  return sql`true`
}

/** Who has the duty of door `h` on a day: its liaison, or for a rule that asks for the stand-in, whoever their post names. */
const duty = (rule: Asking, day: string): RawBuilder<unknown> => sql`
  left join duty d on d.district_code = h.district_code and d.dwelling_id = h.dwelling_id
    and d.valid_from <= ${day}::date and (d.valid_until is null or d.valid_until > ${day}::date)
  ${
    rule.visitor === 'backup'
      ? sql`left join lateral (select p.backup_person_id as id from post p where p.district_code = h.district_code
          and p.person_id = d.person_id and p.role = 'liaison' and p.backup_person_id is not null
          order by p.path = h.path desc, p.id limit 1) b on true`
      : sql``
  }`
const person = (rule: Asking): RawBuilder<unknown> =>
  rule.visitor === 'leader' ? sql`null::uuid` : rule.visitor === 'backup' ? sql`b.id` : sql`d.person_id`

const columns = sql`(district_code, id, rule_id, rule_version, household_id, path, period, visitor, person_id, state, opens_on, due_on,
  closes_on, made_at)`

const later = (one: string, other: string) => (one > other ? one : other)

/** Doors of a district are sorted and joined in memory, not on the disk, as long as the transaction lasts. */
export async function workInMemory(trx: Trx): Promise<void> {
  await sql`set local work_mem = '96MB'`.execute(trx)
}

/** Parts of the district with about so many doors each, which together are all of it. */
export async function partsOf(trx: Trx, doors: number): Promise<Part[]> {
  const { rows } = await sql<{ path: string }>`
    select distinct path from (select path, row_number() over (order by path) as number from household
      where district_code = app.district()) every
    where number % ${doors}::integer = 0 order by path`.execute(trx)
  const cuts = rows.map(({ path }) => path)
  return [undefined, ...cuts].map((from, k) => ({ from, before: cuts[k] }))
}

/** The transaction that holds the marks may wait idly until the parts of a large district have ended, longer than others may. */
export async function waitForParts(trx: Trx): Promise<void> {
  await sql`set local idle_in_transaction_session_timeout = '1h'`.execute(trx)
}

/** Makes the tasks of one period; those there are stay. @returns how many were made. */
export async function emitPeriod(trx: Trx, rule: Asking, period: Period, at: At): Promise<number> {
  if (rule.who === 'walk') return emitWalks(trx, rule, period, at)
  const day = later(period.opensOn, at.today)
  const { numAffectedRows } = await sql`
    insert into visit_task ${columns}
    select h.district_code, app.derived_id(${rule.id} || ' ' || h.id || ' ' || ${period.key}), ${rule.id}, ${rule.version}, h.id, h.path,
      ${period.key}, ${rule.visitor}, ${person(rule)}, ${period.opensOn > at.today ? 'scheduled' : 'open'}, ${period.opensOn}::date,
      ${period.dueOn}::date, ${period.closesOn}::date, ${at.now}
    from household h ${duty(rule, day)}
    where ${living(day, at)} and ${chosen(rule)}
    order by h.path, h.id
    on conflict do nothing`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** Households visited in a window before its task was made just now: what was done need not be done again. */
export async function visitedBefore(
  trx: Trx,
  rule: Asking,
  period: Period,
  at: At,
): Promise<{ household: string; day: string }[]> {
  const { rows } = await sql<{ household: string; day: string }>`
    select t.household_id as household, min(v.on_day)::text as day
    from visit v join visit_task t on t.district_code = v.district_code and t.household_id = v.household_id
      and t.rule_id = ${rule.id} and t.period = ${period.key} and t.made_at = ${at.now}
    where v.district_code = app.district() and v.on_day >= ${period.opensOn}::date and v.on_day <= ${at.today}::date
      and v.household_id is not null and ${at.part ? within(sql.ref('t.path'), at.part) : sql`true`}
    group by t.household_id`.execute(trx)
  return rows
}

/** One walk for each area that somebody walks by post. */
async function emitWalks(trx: Trx, rule: Asking, period: Period, at: At): Promise<number> {
  if (at.households) return 0
  const { numAffectedRows } = await sql`
    insert into visit_task ${columns}
    select distinct on (p.path) p.district_code, app.derived_id(${rule.id} || ' ' || p.path || ' ' || ${period.key}), ${rule.id},
      ${rule.version}, null::uuid, p.path, ${period.key}, 'grid', p.person_id, ${period.opensOn > at.today ? 'scheduled' : 'open'},
      ${period.opensOn}::date, ${period.dueOn}::date, ${period.closesOn}::date, ${at.now}::timestamptz
    from post p
    where p.district_code = app.district() and p.role = 'grid_worker' and p.valid_from <= ${at.now}
      and (p.valid_until is null or p.valid_until > ${at.now})
    order by p.path, p.valid_from, p.id
    on conflict do nothing`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** What events a rule hears of, each once for ever: `key` names it, `h` is the household. */
function happened(rule: Asking, since: string): RawBuilder<unknown> {
  switch (rule.event) {
    case 'moved_in':
      return sql`select h.id as household_id, 'in' as key, h.moved_in as on_day from household h
        where h.district_code = app.district() and h.moved_in >= ${since}::date`
    case 'serious_illness':
      return sql`select c.household_id, 'care:' || c.id as key, coalesce(c.consented_at, ${since}::date) as on_day from care c
        where c.district_code = app.district() and c.ended_on is null and c.kind = 'serious_illness'`
    default:
      return sql`select e.household_id, 'event:' || e.id as key, e.on_day from visit_event e
        where e.district_code = app.district() and e.kind = ${rule.event} and e.on_day >= ${since}::date`
  }
}

/**
 * Makes the tasks of events that have happened since a day. An event that comes to light late opens on the day it does, so
 * that nobody is late before they knew.
 *
 * @param rule with `days` and an event other than a holiday.
 */
export async function emitEvents(
  trx: Trx,
  rule: Asking,
  window: { since: string; grace: number },
  at: At,
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into visit_task ${columns}
    select h.district_code, app.derived_id(${rule.id} || ' ' || h.id || ' ' || e.key), ${rule.id}, ${rule.version}, h.id, h.path,
      e.key, ${rule.visitor}, ${person(rule)}, 'open', greatest(e.on_day, ${at.today}::date),
      greatest(e.on_day, ${at.today}::date) + ${rule.days}::integer,
      greatest(e.on_day, ${at.today}::date) + ${rule.days}::integer + ${window.grace}::integer, ${at.now}
    from (${happened(rule, window.since)}) e
    join household h on h.district_code = app.district() and h.id = e.household_id
    ${duty(rule, at.today)}
    where ${living(at.today, at)} and e.on_day <= ${at.today}::date
    order by h.path, h.id
    on conflict do nothing`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** How many households a rule is about today, and how many persons have doors at all. */
export async function countAsked(
  trx: Trx,
  rule: Asking,
  today: string,
  list: readonly string[] | undefined,
): Promise<{ households: number; people: number }> {
  const named = rule.who === 'list' && list
  const { rows } = await sql<{ households: number; people: number }>`
    select ${
      rule.who === 'walk'
        ? sql`(select count(distinct p.path)::int from post p where p.district_code = app.district() and p.role = 'grid_worker'
            and p.valid_from <= now() and p.valid_until is null)`
        : sql`(select count(*)::int from household h where ${living(today, named ? { households: list } : {})}
            and ${named ? sql`true` : chosen(rule)})`
    } as households,
      (select count(distinct d.person_id)::int from duty d where d.district_code = app.district() and d.valid_from <= ${today}::date
        and (d.valid_until is null or d.valid_until > ${today}::date)) as people`.execute(trx)
  return rows[0] ?? { households: 0, people: 0 }
}

/** How many events of a rule there were since a day: what is to come is not known. */
export async function countEvents(trx: Trx, rule: Asking, since: string, today: string): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    select count(*)::int as many from (${happened(rule, since)}) e where e.on_day >= ${since}::date and e.on_day <= ${today}::date`.execute(
    trx,
  )
  return rows[0]?.many ?? 0
}

/** Marks a period as gone through for everybody. @returns false when it was. */
export async function beginRun(
  trx: Trx,
  run: { rule: string; version: number; period: string },
  now: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into visit_run (district_code, rule_id, period, rule_version, ran_at, tasks)
    values (app.district(), ${run.rule}, ${run.period}, ${run.version}, ${now}, 0) on conflict do nothing`.execute(
    trx,
  )
  return numAffectedRows === 1n
}

export async function endRun(trx: Trx, run: { rule: string; period: string }, tasks: number): Promise<void> {
  await sql`
    update visit_run set tasks = ${tasks}
    where district_code = app.district() and rule_id = ${run.rule} and period = ${run.period}`.execute(trx)
}

/** Marks a day as begun. @returns false when it was. */
export async function beginDay(trx: Trx, day: string, now: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into visit_day (district_code, day, begun_at) values (app.district(), ${day}::date, ${now}) on conflict do nothing`.execute(
    trx,
  )
  return numAffectedRows === 1n
}
