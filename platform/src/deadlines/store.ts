import { sql } from 'kysely'
import type { Trx } from '#kernel/db.ts'
import type { HoursOfDay } from './contract.ts'

/** SQL of holiday and district_calendar. Private to this folder. */

export type SettingsRow = {
  district: string
  /** 0 while the district has set nothing. */
  version: number
  hours: HoursOfDay | null
  published: number[]
  /** Days worked or not, by date; null when there are none. */
  days: Record<string, boolean> | null
}

/** What the transaction's district has set. One row, also where it has set nothing. */
export async function readSettings(trx: Trx): Promise<SettingsRow> {
  const { rows } = await sql<SettingsRow>`
    select app.district() as district, coalesce(c.version, 0) as version, c.hours, coalesce(c.published, '{}') as published,
      (select jsonb_object_agg(h.day, h.working) from holiday h where h.district_code = app.district()) as days
    from (select 1) as always left join district_calendar c on c.district_code = app.district()`.execute(trx)
  return rows[0]!
}

type By = { person: string | null; now: string }

/** @returns false when the version seen is no longer the latest. */
export async function writeSettings(
  trx: Trx,
  version: number,
  settings: { hours: HoursOfDay | null; published: readonly number[] },
  by: By,
): Promise<boolean> {
  const hours = settings.hours && JSON.stringify(settings.hours)
  const { numAffectedRows } = await sql`
    insert into district_calendar as c (district_code, hours, published, set_by, set_at)
    select app.district(), ${hours}::jsonb, ${settings.published}::integer[], ${by.person}, ${by.now}
    where ${version}::integer = 0 or exists (select from district_calendar where district_code = app.district())
    on conflict (district_code) do update
      set hours = excluded.hours, published = excluded.published, set_by = excluded.set_by, set_at = excluded.set_at, version = c.version + 1
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
