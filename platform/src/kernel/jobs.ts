import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import { EventEmitter } from 'node:events'
import pg from 'pg'
import type { Log } from './log.ts'

/** Jobs: enqueued in the same transaction as the change, done at least once; each task is safe to repeat. */

/** @param payload ids only: a job is kept outside row security and must name no one. */
export type Task = (payload: Record<string, string>) => Promise<void>

export type Jobs = {
  tasks: Record<string, Task>
  /** Tasks run every fifteen seconds: what has to be told within a minute of its time. */
  often: readonly string[]
  /** Tasks run once a minute. */
  everyMinute: readonly string[]
  /** Tasks run at 03:10 in Shanghai. */
  everyNight: readonly string[]
}

const beatSeconds = 10
const oftenSeconds = 15
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
  // One at a time, however many workers ask for it; the next one comes whatever became of the last.
  const soon = () =>
    Promise.all(jobs.often.map((task) => utils.addJob(task, {}, { jobKey: `often ${task}`, maxAttempts: 1 })))
  const often = setInterval(() => void soon().catch(() => {}), oftenSeconds * 1_000)

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
      clearInterval(often)
      await runner.stop()
      await utils.release()
      await pool.query('delete from worker_alive where worker_id = any ($1)', [[...workers]]).catch(() => {})
      await pool.end()
    },
  }
}
