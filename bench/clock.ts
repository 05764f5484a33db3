import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startDistrict } from './district.ts'
import type { District } from './district.ts'
import { rounded } from './load.ts'
import type { Figure } from './figure.ts'

/**
 * The clock over a million open requests with deadlines, in real time and with the product's own worker: every warning and
 * every step up the ladder is entered once, within a minute of its time, also when the worker is killed in the middle of a
 * clump. What falls due in the minutes that are watched is as much as a million bring on a working day: four alarms each in
 * ten days of eight hours; and besides a clump that falls due in one and the same moment, as half of a limit does
 * for all that was accepted before opening.
 */

const open: Record<string, number> = { small: 100_000, district: 1_000_000 }
const minutesWatched = 4
const clump = 5_000
const alarmsEach = 4
const workingMinutes = 10 * 8 * 60
const killAfterSeconds = [40, 100]
const withinSeconds = 60
/** Until the minutes that are watched begin, from when only their own requests are still to be written. */
const soonest = 120_000

export async function bench({ scale }: { scale: string }): Promise<Figure[]> {
  const district = await startDistrict('subdistrict')
  try {
    const many = open[scale] ?? open['small']!
    const begins = await fill(district, many)
    const worst = await watch(district, begins)
    return [
      { name: 'open', value: many, unit: 'requests' },
      ...(await counted(district)),
      { name: 'kills', value: killAfterSeconds.length, unit: 'times' },
      { name: 'latest', value: rounded(worst), unit: 's after its time', target: withinSeconds },
    ]
  } finally {
    await district.close()
  }
}

/**
 * Copies of what is open in the demo, each with a clock of ten days of which the next share falls due at a time of its own.
 *
 * @returns when the minutes that are watched begin, in milliseconds.
 */
async function fill(district: District, many: number): Promise<number> {
  const client = new pg.Client({ connectionString: district.ownerUrl })
  await client.connect()
  try {
    await client.query(
      `set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'`,
    )
    await client.query(`
      create table bench_model as
        select id, row_number() over (order by submitted_at, id)::integer as n from service_request
        where state in ('accepted', 'assigned', 'in_progress') and not confidential
          and coalesce(jsonb_array_length(standing -> 'parts'), 0) = 0 and coalesce(jsonb_array_length(standing -> 'supervisions'), 0) = 0
          and standing ->> 'rung' is null`)
    await client.query(
      `create table bench_clock as
        select gen_random_uuid() as id, m.id as model, i as n,
          (array['half', 'most', 'due'])[1 + i % 3] as share, 0::double precision as after
        from generate_series(1, $1::integer) i join bench_model m on m.n = 1 + i % (select count(*)::integer from bench_model)`,
      [many],
    )
    const watched = Math.round((many * alarmsEach * minutesWatched) / workingMinutes)
    // Seconds after the beginning: the clump at 30, the ordinary ones over the minutes watched, all others days later.
    await client.query(
      `update bench_clock set after = case when n <= $1 then 30 when n <= $1 + $2 then ((n * 7919) % 100000) / 100000.0 * $3
        else 86400 + (n * 104729::bigint) % (19 * 86400) end`,
      [clump, watched, minutesWatched * 60],
    )
    const { rows } = await client.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = 'public' and table_name = 'service_request' and is_generated = 'NEVER' order by ordinal_position`,
    )
    const names = rows.map(({ name }) => name)
    const term = `jsonb_build_object('startsAt', app.bench_iso(at - before), 'halfAt', app.bench_iso(at - before + interval '5 days'),
      'mostAt', app.bench_iso(at - before + interval '8 days'), 'dueAt', app.bench_iso(at - before + interval '10 days'),
      'presumed', false, 'working', true)`
    await client.query(`create function app.bench_iso(at timestamptz) returns text language sql immutable
      return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)
    const value: Record<string, string> = {
      id: 'c.id',
      code: `'GY-0000-' || lpad(c.n::text, 8, '0')`,
      due_at: `at - before + interval '10 days'`,
      next_alarm_at: 'at',
      overdue: 'false',
      standing: `t.standing || jsonb_build_object('term', ${term}, 'told',
        case share when 'half' then '[]'::jsonb when 'most' then '["half"]' else '["half", "most"]' end)`,
    }
    const put = (first: number, last: number, begins: number) =>
      client.query(
        `insert into service_request (${names.join(', ')})
         select ${names.map((name) => value[name] ?? `t.${name}`).join(', ')}
         from (select *, to_timestamp($1::double precision / 1000 + after) as at,
             case share when 'half' then interval '5 days' when 'most' then interval '8 days' else interval '10 days' end as before
           from bench_clock where n between $2 and $3) c
         join service_request t on t.id = c.model`,
        [begins, first, last],
      )
    await client.query(
      'create unique index on bench_clock (id); create index on bench_clock (n); analyze bench_clock',
    )
    // Those of later days first: however long a million take, the minutes that are watched begin after them.
    const near = clump + watched
    const step = 50_000
    for (let from = near; from < many; from += step) {
      const last = Math.min(from + step, many)
      await put(from + 1, last, Date.now())
      process.stderr.write(`\r${last - near} of ${many} open requests`)
    }
    await client.query('analyze service_request')
    const begins = Date.now() + soonest
    await put(1, near, begins)
    process.stderr.write(`\r${many} of ${many} open requests\n`)
    await client.query(`insert into search_document select d.district_code, c.id, d.at, d.guarded, d.lexemes
      from bench_clock c join search_document d on d.request_id = c.model where c.n <= ${near}`)
    if (Date.now() > begins)
      throw new Error('filling took longer than was thought; the minutes watched began meanwhile')
    return begins
  } finally {
    await client.end()
  }
}

/** Looks twice a second at what is due and not entered yet. @returns the age of the oldest ever seen, in seconds. */
async function watch(district: District, begins: number): Promise<number> {
  const client = new pg.Client({ connectionString: district.ownerUrl })
  await client.connect()
  let worst = 0
  try {
    await sleep(Math.max(0, begins - Date.now()))
    const kills = killAfterSeconds.map((seconds) => begins + seconds * 1000)
    const ends = begins + (minutesWatched * 60 + withinSeconds + 15) * 1000
    while (Date.now() < ends) {
      if (kills[0] !== undefined && Date.now() >= kills[0]) {
        kills.shift()
        district.product.kill('work')
      }
      const { rows } = await client.query<{ late: number | null }>(
        `select extract(epoch from now() - min(next_alarm_at))::double precision as late from service_request
         where next_alarm_at <= now() and code like 'GY-0000-%'`,
      )
      worst = Math.max(worst, rows[0]?.late ?? 0)
      process.stderr.write(
        `\r${Math.round((ends - Date.now()) / 1000)} s left, latest so far ${worst.toFixed(1)} s   `,
      )
      await sleep(500)
    }
    process.stderr.write('\n')
  } finally {
    await client.end()
  }
  return worst
}

/** What was entered against what had to be: the right share of each, once, and nothing of those whose time is to come. */
async function counted(district: District): Promise<Figure[]> {
  const [row] = await district.asOwner<{ wanted: number; missing: number; twice: number; wrong: number }>(`
    with told as (
      select e.request_id as id, count(*) as times,
        bool_and(case when e.kind = 'supervise' then 'due' else e.data ->> 'share' end = c.share) as fits
      from request_entry e join bench_clock c on c.id = e.request_id where e.channel = 'clock' group by e.request_id)
    select (count(*) filter (where c.after <= ${minutesWatched * 60}))::int as wanted,
      (count(*) filter (where c.after <= ${minutesWatched * 60} and t.id is null))::int as missing,
      (count(*) filter (where t.times > 1))::int as twice,
      (count(*) filter (where t.id is not null and (not t.fits or c.after > ${minutesWatched * 60})))::int as wrong
    from bench_clock c left join told t on t.id = c.id`)
  return [
    { name: 'due', value: row!.wanted, unit: 'alarms' },
    { name: 'missing', value: row!.missing, unit: 'alarms', target: 0 },
    { name: 'twice', value: row!.twice, unit: 'alarms', target: 0 },
    { name: 'early', value: row!.wrong, unit: 'alarms', target: 0 },
  ]
}
