import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { explain } from './child.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { type DataLock, lockDataFolder } from './data-lock.ts'
import { requireFreePort } from './free-port.ts'
import { localFiles } from './files.ts'
import {
  type Demo,
  demoState,
  eraseAll,
  fillWithDemo,
  type Installation,
  isEmpty,
  prepare,
  refuseDemoInProduction,
} from './installation.ts'
import { type Kept, keep } from './keeper.ts'
import type { Log } from './log.ts'
import { type EmbeddedPostgres, startPostgres } from './postgres.ts'
import { SetupError } from './postgres-install.ts'

export type SuperviseOptions = {
  config: Config
  clock: Clock
  log: Log
  /** The file that children run, with `serve` or `work` as argument. */
  main: string
  demo(): Promise<Demo>
  /** For people; the log goes elsewhere. */
  print(line: string): void
}

/**
 * Drain 7 s, PostgreSQL 2.5 s: within the 10 s that service managers wait before they kill. `firstReady`: longer than the
 * processes of a killed supervisor may still hold the port.
 */
const limits = { drain: 7000, postgres: 2500, watch: 250, firstReady: 6000 }

/** `npm start`: database, migrations, demo district, then server and worker, each started again when it dies. */
export async function supervise(options: SuperviseOptions): Promise<void> {
  const { config, print } = options
  let lock: DataLock | undefined
  let postgres: EmbeddedPostgres | undefined
  let kept: Kept[] = []
  let stopping = false

  const stop = async (exitCode: number): Promise<void> => {
    if (stopping) return
    stopping = true
    await Promise.all(kept.map((child) => child.stop(limits.drain)))
    await Promise.race([postgres?.stop(), sleep(limits.postgres)])
    await lock?.release()
    process.exit(exitCode)
  }
  process.on('SIGTERM', () => void stop(0))
  process.on('SIGINT', () => void stop(0))
  process.on('SIGHUP', () => void stop(0))

  try {
    lock = await lockDataFolder(config.dataDir)
    await requireFreePort(config.port, config.host)
    if (config.databaseUrl === undefined) postgres = await startPostgres(config)
    const ownerUrl = config.databaseUrl ?? postgres?.url ?? ''
    const demo = await fill(options, ownerUrl)
    if (stopping) return

    if (postgres !== undefined) {
      watchPostgres(
        postgres,
        options,
        () => stopping,
        (next) => {
          const moved = next.url !== postgres?.url
          postgres = next
          if (moved) for (const child of kept) child.restart()
        },
      )
    }
    kept = startProcesses(options, () => stopping, {
      onReady(url) {
        lock?.announce(`process ${process.pid}, which serves ${url}`)
        print(`ready ${url}`)
        if (demo !== undefined) print(accountTable(demo))
      },
      onHopeless(message) {
        process.stderr.write(`${message}\n`)
        void stop(1)
      },
    })
  } catch (error) {
    // A stop during start-up takes the database away from whatever was being done; that is no failure.
    if (stopping) return
    process.stderr.write(`${explain(error)}\n`)
    await stop(1)
  }
}

/** Migrates and, where that is wanted, fills an empty database. Returns the demo whose accounts are to be shown. */
async function fill(options: SuperviseOptions, ownerUrl: string): Promise<Demo | undefined> {
  const { config, log, print } = options
  let installation = await prepare(config, ownerUrl)
  if (installation.applied.length > 0)
    log.info({ applied: installation.applied.length }, 'migrations applied')
  await refuseDemoInProduction(config, ownerUrl)
  if ((await demoState(ownerUrl)) === 'half') installation = await clearHalf(options, ownerUrl)
  if (config.demo !== 'none' && (await demoState(ownerUrl)) === undefined && (await isEmpty(ownerUrl))) {
    const demo = await options.demo()
    await fillWithDemo(demo, {
      ownerUrl,
      keys: installation.keys,
      size: config.demo,
      now: options.clock.now(),
      files: localFiles(config.dataDir),
      onProgress: progress(print),
    })
  }
  return (await demoState(ownerUrl)) === undefined ? undefined : options.demo()
}

async function clearHalf({ config, print }: SuperviseOptions, ownerUrl: string): Promise<Installation> {
  if (config.databaseUrl !== undefined) {
    throw new SetupError(
      'The demo data of this database were cut off half-way. Empty the database and start again.',
    )
  }
  print('The demo district was cut off half-way last time; making it anew.')
  await eraseAll(ownerUrl)
  return prepare(config, ownerUrl)
}

function startProcesses(
  options: SuperviseOptions,
  isStopping: () => boolean,
  events: { onReady(url: string): void; onHopeless(message: string): void },
): Kept[] {
  const { log, main } = options
  const startedAt = performance.now()
  let ready = false
  // Before the first success a failure that stays is the operator's to mend; after it everything is worth trying again.
  const onEnd = (message: string | undefined): void => {
    if (!ready && message !== undefined && performance.now() - startedAt > limits.firstReady)
      events.onHopeless(message)
  }
  return [
    keep({
      main,
      log,
      command: 'serve',
      onEnd,
      onReady(url) {
        if (ready) return
        void answers(`${url}/readyz`, isStopping).then((yes) => {
          if (!yes || ready) return
          ready = true
          events.onReady(url)
        })
      },
    }),
    keep({ main, log, command: 'work', onEnd }),
  ]
}

/** Looks whether PostgreSQL lives and starts it again. The server answers 503 for that moment and loses nothing. */
function watchPostgres(
  first: EmbeddedPostgres,
  { config, log }: SuperviseOptions,
  isStopping: () => boolean,
  onRestart: (next: EmbeddedPostgres) => void,
): void {
  let current = first
  const watch = async (): Promise<void> => {
    while (!isStopping()) {
      await sleep(limits.watch)
      if (isStopping() || current.isAlive()) continue
      log.warn({ process: 'postgres' }, 'process ended, starting it again')
      try {
        current = await startPostgres(config)
        log.info({ process: 'postgres', port: current.port }, 'started')
        // The supervisor may have been told to stop meanwhile; then nobody else would end it.
        if (isStopping()) await current.stop()
        else onRestart(current)
      } catch (error) {
        log.error({ process: 'postgres', err: error }, 'could not start')
        await sleep(1000)
      }
    }
  }
  void watch()
}

/** Asks until the answer is 200. The certificate is our own file, and the question goes to this machine. */
async function answers(url: string, isStopping: () => boolean): Promise<boolean> {
  const get = url.startsWith('https:') ? https.get : http.get
  while (!isStopping()) {
    const status = await new Promise<number>((resolve) => {
      get(url, { rejectUnauthorized: false, timeout: 2000 }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      }).on('error', () => resolve(0))
    })
    if (status === 200) return true
    await sleep(50)
  }
  return false
}

/** A line at each tenth of each step, so that a first start of a minute does not look dead. */
export function progress(print: (line: string) => void): (step: string, done: number, total: number) => void {
  let last = ''
  return (step, done, total) => {
    const tenth = `${step} ${Math.floor((done / Math.max(1, total)) * 10)}`
    if (tenth === last) return
    last = tenth
    print(`demo district: ${step} ${done} of ${total}`)
  }
}

/** One account a line. Han characters are two columns wide in a terminal, so the name comes last. */
export function accountTable(demo: Demo): string {
  const rows = demo.demoAccounts().map(({ role, login, password, name }) => [role, login, password, name])
  const table = [['role', 'login', 'password', 'name'], ...rows]
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  const program = `Demo key for Open311 (api_key, /open311/v2/discovery.xml): ${demo.demoKey()}`
  return ['', 'Demo accounts', ...table.map((row) => `  ${line(row)}`), '', program, ''].join('\n')
}
