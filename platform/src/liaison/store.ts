import { sql } from 'kysely'
import type { Plan, Problem } from '#engines/liaison/contract.ts'
import type { Trx } from '#kernel/db.ts'
import type { NewScenario, Progress, Scenario, ScenarioChange, ScenarioState } from './contract.ts'
import type { Beside } from './problem.ts'

/** SQL of liaison_scenario and liaison_solution. Private to this folder. */

export type ScenarioRow = {
  id: string
  path: string
  name: string
  state: ScenarioState
  version: number
  startsOn: string
  least: number
  most: number
  ruralLeast: number
  ruralMost: number
  stability: number
  leaving: string[]
  draftedBy: string
  draftedAt: string
  run: number
  runAt: string | null
  runTries: number
  runProgress: Omit<Progress, 'since'> | null
  runCancelled: boolean
  runFailed: Scenario['failed']
  approvedBy: string | null
  approvedAt: string | null
  approvedWords: string | null
  publishedAt: string | null
  /** Day from which a later plan over the same ground holds. */
  until: string | null
}

const columns = sql.raw(`
  s.id, s.path, s.name, s.state, s.version, s.starts_on as "startsOn", s.least, s.most, s.rural_least as "ruralLeast",
  s.rural_most as "ruralMost", s.stability, s.leaving_person_ids as leaving, s.drafted_by_person_id as "draftedBy",
  s.drafted_at as "draftedAt", s.run, s.run_at as "runAt", s.run_tries as "runTries", s.run_progress as "runProgress",
  s.run_cancelled as "runCancelled", s.run_failed as "runFailed", s.approved_by_person_id as "approvedBy",
  s.approved_at as "approvedAt", s.approved_words as "approvedWords", s.published_at as "publishedAt",
  (select min(l.starts_on) from liaison_scenario l
   where l.district_code = s.district_code and l.path = s.path and l.state = 'published' and s.state = 'published'
     and (l.starts_on, l.published_at) > (s.starts_on, s.published_at)) as until`)

/** @returns false when the id is taken. */
export async function addScenario(trx: Trx, one: NewScenario, by: string, at: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into liaison_scenario (district_code, id, path, name, state, starts_on, least, most, rural_least, rural_most,
      stability, leaving_person_ids, drafted_by_person_id, drafted_at)
    values (app.district(), ${one.id}, ${one.path}, ${one.name}, 'draft', ${one.startsOn}::date, ${one.least}, ${one.most},
      ${one.ruralLeast}, ${one.ruralMost}, ${one.stability}, ${sql.val(one.leaving)}::uuid[], ${by}, ${at})
    on conflict do nothing`.execute(trx)
  return numAffectedRows === 1n
}

export async function scenarioById(trx: Trx, id: string): Promise<ScenarioRow | undefined> {
  const { rows } = await sql<ScenarioRow>`
    select ${columns} from liaison_scenario s where s.district_code = app.district() and s.id = ${id}`.execute(
    trx,
  )
  return rows[0]
}

/** Nobody else changes it until the transaction ends. */
export async function lockScenario(trx: Trx, id: string): Promise<ScenarioRow | undefined> {
  await sql`select id from liaison_scenario where district_code = app.district() and id = ${id} for update`.execute(
    trx,
  )
  return scenarioById(trx, id)
}

/** One page, newest first; plans that were given up are left out. */
export async function scenarioPage(
  trx: Trx,
  under: string | undefined,
  after: { key: string; id: string } | null,
  limit: number,
): Promise<ScenarioRow[]> {
  const where = [sql`s.district_code = app.district()`, sql`s.state <> 'cancelled'`]
  if (under !== undefined)
    where.push(sql`s.path >= ${under} collate "C" and s.path < (${under} || chr(1114111)) collate "C"`)
  if (after) where.push(sql`(s.drafted_at, s.id) < (${after.key}::timestamptz, ${after.id}::uuid)`)
  const { rows } = await sql<ScenarioRow>`
    select ${columns} from liaison_scenario s where ${sql.join(where, sql` and `)}
    order by s.drafted_at desc, s.id desc limit ${limit + 1}`.execute(trx)
  return rows
}

export async function changeScenario(trx: Trx, row: ScenarioRow, change: ScenarioChange): Promise<void> {
  const next = { ...row, ...change }
  await sql`
    update liaison_scenario set name = ${next.name}, starts_on = ${next.startsOn}::date, least = ${next.least},
      most = ${next.most}, rural_least = ${next.ruralLeast}, rural_most = ${next.ruralMost}, stability = ${next.stability},
      leaving_person_ids = ${sql.val(next.leaving)}::uuid[], version = version + 1
    where district_code = app.district() and id = ${row.id}`.execute(trx)
}

/** What a step leaves behind, whatever state it leads to. */
export type Standing = {
  state: ScenarioState
  approvedBy?: string | null
  approvedAt?: string | null
  approvedWords?: string | null
  publishedBy?: string
  publishedAt?: string
}

export async function setStanding(trx: Trx, id: string, next: Standing): Promise<void> {
  const { state, approvedBy, approvedAt = null, approvedWords = null, publishedBy, publishedAt } = next
  const approval =
    approvedBy === undefined
      ? sql``
      : sql`, approved_by_person_id = ${approvedBy}, approved_at = ${approvedAt}, approved_words = ${approvedWords}`
  const publication =
    publishedBy === undefined
      ? sql``
      : sql`, published_by_person_id = ${publishedBy}, published_at = ${publishedAt ?? null}`
  await sql`
    update liaison_scenario set state = ${state}, version = version + 1 ${approval} ${publication}
    where district_code = app.district() and id = ${id}`.execute(trx)
}

/** Begins a run. What an earlier run still brings is not taken. @returns its number */
export async function beginRun(trx: Trx, id: string, at: string): Promise<number> {
  const { rows } = await sql<{ run: number }>`
    update liaison_scenario set state = 'solving', run = run + 1, run_at = ${at}, run_tries = 0, run_cancelled = false,
      run_failed = null, run_progress = null, version = version + 1
    where district_code = app.district() and id = ${id} returning run`.execute(trx)
  return rows[0]?.run ?? 0
}

/** Takes up a run, for the first time or after a worker died on it. @returns how often by now; undefined when it is void. */
export async function takeUpRun(trx: Trx, id: string, run: number): Promise<number | undefined> {
  const { rows } = await sql<{ tries: number }>`
    update liaison_scenario set run_tries = run_tries + 1
    where district_code = app.district() and id = ${id} and run = ${run} and state = 'solving'
    returning run_tries as tries`.execute(trx)
  return rows[0]?.tries
}

/** Says how far a run is. @returns whether somebody stopped it, or it is void. */
export async function reportRun(
  trx: Trx,
  id: string,
  run: number,
  progress: Omit<Progress, 'since'>,
): Promise<{ stop: boolean }> {
  const { rows } = await sql<{ stop: boolean }>`
    update liaison_scenario set run_progress = ${JSON.stringify(progress)}::jsonb
    where district_code = app.district() and id = ${id} and run = ${run} and state = 'solving'
    returning run_cancelled as stop`.execute(trx)
  return { stop: rows[0]?.stop ?? true }
}

/** Asks a run to stop; whoever runs it looks at this every moment. */
export async function askToStop(trx: Trx, id: string): Promise<void> {
  await sql`
    update liaison_scenario set run_cancelled = true where district_code = app.district() and id = ${id}`.execute(
    trx,
  )
}

/** Ends a run. @returns false when it was void. */
export async function endRun(
  trx: Trx,
  id: string,
  run: number,
  end: { state: ScenarioState; failed: Scenario['failed'] },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update liaison_scenario set state = ${end.state}, run_failed = ${end.failed}, run_progress = null, version = version + 1
    where district_code = app.district() and id = ${id} and run = ${run} and state = 'solving'`.execute(trx)
  return numAffectedRows === 1n
}

export type Solution = { problem: Problem; beside: Beside; plan: Plan | null; solvedAt: string | null }

export async function keepSolution(
  trx: Trx,
  id: string,
  { problem, beside, plan, solvedAt }: Solution,
): Promise<void> {
  await sql`
    insert into liaison_solution (district_code, scenario_id, problem, beside, plan, solved_at)
    values (app.district(), ${id}, ${JSON.stringify(problem)}::jsonb, ${JSON.stringify(beside)}::jsonb,
      ${plan && JSON.stringify(plan)}::jsonb, ${solvedAt})
    on conflict (district_code, scenario_id) do update set problem = excluded.problem, beside = excluded.beside,
      plan = excluded.plan, solved_at = excluded.solved_at`.execute(trx)
}

export async function solutionOf(trx: Trx, id: string): Promise<Solution | undefined> {
  const { rows } = await sql<Solution>`
    select problem, beside, plan, solved_at as "solvedAt" from liaison_solution
    where district_code = app.district() and scenario_id = ${id}`.execute(trx)
  return rows[0]
}

/** What the solver said besides who gets what: small, also for a district. */
export async function statsOf(
  trx: Trx,
  id: string,
): Promise<(Pick<Plan, 'status' | 'explanation'> & { seconds: number; solvedAt: string }) | undefined> {
  const { rows } = await sql<Pick<Plan, 'status' | 'explanation'> & { seconds: number; solvedAt: string }>`
    select plan ->> 'status' as status, plan -> 'explanation' as explanation, (plan -> 'stats' ->> 'seconds')::float8 as seconds,
      solved_at as "solvedAt"
    from liaison_solution where district_code = app.district() and scenario_id = ${id} and plan is not null`.execute(
    trx,
  )
  return rows[0]
}
