import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import { EventEmitter } from 'node:events'
import pg from 'pg'
import type { Log } from './log.ts'

/** Jobs: enqueued in the same transaction as the change, done at least once; each task is safe to repeat. */

/** @param payload ids only: a job is kept outside row security and must name no one. */
export type Task = (payload: Record<string, string>) => Promise<void>

export type Jobs = {
  tasks: Record<string, Task>
  /**
   * Tasks run at once and then every ten seconds, in each worker by itself: what has to be told within a minute of its time.
   * Beside the queue, where they would wait behind long jobs, and be left locked for a while by a worker that died; so they
   * are safe to run on several workers at once.
   */
  often: readonly string[]
  /** Tasks run once a minute. */
  everyMinute: readonly string[]
  /** Tasks run at 03:10 in Shanghai. */
  everyNight: readonly string[]
}

const beatSeconds = 10
const oftenSeconds = 10
/** A worker not heard of for this long is dead; its jobs are freed. */
const deadSeconds = 45

/** Runs jobs until stopped; `stop` lets the running ones finish. `url` is that of the job runner's role. */
export async function runJobs(options: {
  url: string
  jobs: Jobs
  log: Log
  concurrency?: number
}): Promise<{ stop(): Promise<void> }> {
  const { jobs, log } = options
  // First of all: after a worker has died the minute in which things have to be told is running.
  const often = jobs.often.map((name) => repeat(name, jobs.tasks[name], log))
  const pool = new pg.Pool({
    connectionString: options.url,
    max: 6,
    application_name: 'chuanmen worker',
    keepAlive: true,
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const logger = new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ process: 'jobs' }, message)
  })
  const events = new EventEmitter() as NonNullable<Parameters<typeof run>[0]['events']>
  const workers = new Set<string>()
  events.on('worker:create', ({ worker }) => workers.add(worker.workerId))
  events.on('worker:stop', ({ worker }) => workers.delete(worker.workerId))
  const utils = await makeWorkerUtils({ pgPool: pool, logger })
  await freeDead()

  const tasks = Object.fromEntries(
    Object.entries(jobs.tasks).map(([name, task]) => [
      name,
      (payload: unknown) => task((payload ?? {}) as Record<string, string>),
    ]),
  )
  const runner = await run({
    pgPool: pool,
    logger,
    events,
    concurrency: options.concurrency ?? 3,
    noHandleSignals: true,
    pollInterval: 2_000,
    taskList: tasks,
    crontab: [
      ...jobs.everyMinute.map((task) => `* * * * * ${task} ?max=3`),
      ...jobs.everyNight.map((task) => `10 19 * * * ${task} ?max=3`),
    ].join('\n'),
  })
  // At once as well: a worker killed before its first beat would never be missed.
  await keepAlive()
  const beat = setInterval(() => void keepAlive().catch(() => {}), beatSeconds * 1_000)

  async function keepAlive(): Promise<void> {
    await pool.query(
      'insert into worker_alive (worker_id) select unnest($1::text[]) on conflict (worker_id) do update set seen_at = now()',
      [[...workers]],
    )
    await freeDead()
  }

  async function freeDead(): Promise<void> {
    const { rows } = await pool.query<{ worker_id: string }>(
      `with dead as (delete from worker_alive where seen_at < now() - make_interval(secs => $1) returning worker_id) select worker_id from dead`,
      [deadSeconds],
    )
    if (rows.length > 0) await utils.forceUnlockWorkers(rows.map((row) => row.worker_id))
  }

  return {
    async stop() {
      clearInterval(beat)
      await Promise.all([runner.stop(), ...often.map((one) => one.stop())])
      await utils.release()
      await pool.query('delete from worker_alive where worker_id = any ($1)', [[...workers]]).catch(() => {})
      await pool.end()
    },
  }
}

/** Runs a task now and again: one at a time, and whatever became of the last. `stop` lets the running one finish. */
function repeat(name: string, task: Task | undefined, log: Log): { stop(): Promise<void> } {
  if (!task) throw new Error(`no such task: ${name}`)
  let running: Promise<void> | undefined
  const run = () => {
    running ??= task({})
      .catch((err: unknown) =>
        log.warn({ process: 'jobs', task: name, err }, 'task failed, it runs again soon'),
      )
      .finally(() => {
        running = undefined
      })
  }
  run()
  const timer = setInterval(run, oftenSeconds * 1_000)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
