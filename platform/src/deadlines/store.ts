import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { HoursOfDay } from './contract.ts'

/** SQL of holiday, district_calendar and district_hours. Private to this folder. */

export type SettingsRow = {
  district: string
  /** 0 while the district has set nothing. */
  version: number
  hours: HoursOfDay | null
  published: number[]
  /** Days worked or not, by date; null when there are none. */
  days: Record<string, boolean> | null
}

/** What the transaction's district has set for a moment. One row, also where it has set nothing. */
export async function readSettings(trx: Trx, at: string): Promise<SettingsRow> {
  const { rows } = await sql<SettingsRow>`
    select app.district() as district, coalesce(c.version, 0) as version, coalesce((
        select h.hours from district_hours h
        where h.district_code = app.district() and h.valid_from <= (${at}::timestamptz at time zone 'Asia/Shanghai')::date
        order by h.valid_from desc, h.version desc limit 1), c.hours) as hours, coalesce(c.published, '{}') as published,
      (select jsonb_object_agg(h.day, h.working) from holiday h where h.district_code = app.district()) as days
    from (select 1) as always left join district_calendar c on c.district_code = app.district()`.execute(trx)
  return rows[0]!
}

export type HoursRow = { validFrom: string; hours: HoursOfDay }

/** Hours that begin after a moment, the next ones first; of several for one day the last set. */
export async function hoursAhead(trx: Trx, at: string): Promise<HoursRow[]> {
  const { rows } = await sql<HoursRow>`
    select distinct on (valid_from) valid_from as "validFrom", hours from district_hours
    where district_code = app.district() and valid_from > (${at}::timestamptz at time zone 'Asia/Shanghai')::date
    order by valid_from, version desc limit 12`.execute(trx)
  return rows
}

/** Adds hours from a day on; nothing is written over. */
export async function addHours(
  trx: Trx,
  { validFrom, hours }: HoursRow,
  version: number,
  by: By,
): Promise<void> {
  await sql`
    insert into district_hours (district_code, valid_from, version, hours, set_by, set_at)
    values (app.district(), ${validFrom}, ${version}, ${JSON.stringify(hours)}::jsonb, ${by.person}, ${by.now})`.execute(
    trx,
  )
}

type By = { person: string | null; now: string }

/** @returns false when the version seen is no longer the latest. */
export async function writeSettings(
  trx: Trx,
  version: number,
  published: readonly number[],
  by: By,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into district_calendar as c (district_code, published, set_by, set_at)
    select app.district(), ${published}::integer[], ${by.person}, ${by.now}
    where ${version}::integer = 0 or exists (select from district_calendar where district_code = app.district())
    on conflict (district_code) do update
      set published = excluded.published, set_by = excluded.set_by, set_at = excluded.set_at, version = c.version + 1
      where c.version = ${version}::integer`.execute(trx)
  return numAffectedRows === 1n
}

/** Puts these days in the place of those the district has in the year. */
export async function replaceHolidays(
  trx: Trx,
  year: number,
  days: ReadonlyMap<string, boolean>,
  notice: string,
): Promise<void> {
  await sql`
    delete from holiday where district_code = app.district() and day >= make_date(${year}, 1, 1) and day < make_date(${year + 1}, 1, 1)`.execute(
    trx,
  )
  await sql`
    insert into holiday (district_code, day, working, name)
    select app.district(), d.day, d.working, ${notice}
    from unnest(${[...days.keys()]}::date[], ${[...days.values()]}::boolean[]) as d (day, working)`.execute(
    trx,
  )
}
