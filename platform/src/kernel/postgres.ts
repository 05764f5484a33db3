import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { binaries, errorCode, requireReachable, type RunAs, runAs, SetupError } from './postgres-install.ts'
import { disownStaleLock, isPostmasterOf, readPostmaster } from './postmaster.ts'
import { keyFolder, readSecrets, writeSecrets } from './secret-file.ts'

/** The embedded PostgreSQL, started or found running. */
export type EmbeddedPostgres = {
  /** Connection of the owner to the database `chuanmen`. */
  url: string
  port: number
  pid: number
  /** True when it was running already, left by a process that was killed. */
  adopted: boolean
  isAlive(): boolean
  /** Fast shutdown: open transactions are rolled back, a checkpoint is written. */
  stop(): Promise<void>
}

export type PostgresOptions = {
  dataDir: string
  /** False only for throw-away test clusters: faster, and a crash of the machine may destroy the data. */
  durable?: boolean
}

const secretsShape = z.object({ user: z.string(), password: z.string(), port: z.int().optional() })
type Secrets = z.infer<typeof secretsShape>

/** How long a folder may look occupied by the remains of a killed server before that is an error. */
const patience = 10_000
const database = 'chuanmen'

/** Starts PostgreSQL on the data folder, making the cluster on first use; a living one is adopted. */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir)
  const cluster = path.join(dataDir, 'postgres')
  const user = runAs()
  mkdirSync(dataDir, { recursive: true })
  // Keys and files below have modes of their own.
  if (user !== undefined) chmodSync(dataDir, statSync(dataDir).mode | 0o111)
  const native = binaries()
  requireReachable(native, user)
  requireReachable(dataDir, user)
  const secrets = loadSecrets(dataDir, existsSync(cluster))
  if (!existsSync(cluster))
    makeCluster({ native, dataDir, cluster, user, secrets, durable: options.durable !== false })

  const deadline = performance.now() + patience
  for (;;) {
    const living = await findPostgres(options)
    if (living !== undefined) return living
    const lock = readPostmaster(cluster)
    if (lock !== undefined && isRunning(lock.pid) && !isPostmasterOf(cluster, lock.pid))
      disownStaleLock(cluster)
    const port = await freePort(secrets.port)
    const outcome = await launch({
      native,
      dataDir,
      cluster,
      user,
      secrets,
      port,
      durable: options.durable !== false,
    })
    if (typeof outcome !== 'string') {
      if (port !== secrets.port) writeSecrets(secretsFile(dataDir), { ...secrets, port }, 'replace')
      return outcome
    }
    // The lock file of a server that is just dying, or the memory its last processes still hold: both pass.
    if (performance.now() > deadline)
      throw new SetupError(`PostgreSQL does not start on ${cluster}:\n${outcome}`)
    await sleep(250)
  }
}

/** The PostgreSQL that runs on this data folder, or undefined. Waits for one that is just starting. */
export async function findPostgres(options: PostgresOptions): Promise<EmbeddedPostgres | undefined> {
  const dataDir = path.resolve(options.dataDir)
  const cluster = path.join(dataDir, 'postgres')
  if (!existsSync(cluster)) return undefined
  const secrets = loadSecrets(dataDir, true)
  const deadline = performance.now() + patience
  for (;;) {
    const lock = readPostmaster(cluster)
    if (lock === undefined || !isPostmasterOf(cluster, lock.pid)) return undefined
    const answer = lock.port === 0 ? 'starting' : await probe(secrets, lock.port, cluster)
    if (answer === 'ready') return handle(cluster, secrets, lock.port, lock.pid, true)
    if (answer === 'foreign') return undefined
    if (answer !== 'starting' && performance.now() > deadline) {
      throw new SetupError(
        `PostgreSQL (process ${lock.pid}) runs on ${cluster} but does not answer: ${answer}`,
      )
    }
    await sleep(50)
  }
}

type Launch = {
  native: string
  dataDir: string
  cluster: string
  user: RunAs
  secrets: Secrets
  port: number
  durable: boolean
}

/** The running server, or the last lines of its log when it ended. */
async function launch(plan: Launch): Promise<EmbeddedPostgres | string> {
  const logFile = path.join(plan.dataDir, 'postgres.log')
  const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  const log = openSync(logFile, logStart > 20_000_000 ? 'w' : 'a', 0o600)
  const settings = Object.entries(plan.durable ? serverSettings : { ...serverSettings, ...throwAwaySettings })
  // Detached: kill -9 of this process leaves PostgreSQL whole, and Ctrl-C in the terminal does not reach it.
  const child = spawn(
    path.join(plan.native, 'bin', 'postgres'),
    [
      '-D',
      plan.cluster,
      '-p',
      String(plan.port),
      ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      ...plan.user,
      cwd: plan.dataDir,
      detached: true,
      stdio: ['ignore', log, log],
      env: serverEnvironment(),
    },
  )
  closeSync(log)
  child.unref()
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    // Its folder may be gone with it; that is no reason to go down as well.
    child.once('exit', () => resolve(existsSync(logFile) ? readFileSync(logFile, 'utf8').slice(-2000) : ''))
  })
  for (;;) {
    const failure = await Promise.race([ended, sleep(25)])
    if (failure !== undefined) return failure
    const answer = await probe(plan.secrets, plan.port, plan.cluster)
    if (answer === 'ready') return handle(plan.cluster, plan.secrets, plan.port, child.pid ?? 0, false, child)
  }
}

/** Two cores and a few hundred megabytes; never fewer guarantees than PostgreSQL's own. */
const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_completion_target: '0.9',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  idle_in_transaction_session_timeout: '60s',
  // Statements and key values can hold personal data; the log does not.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

const throwAwaySettings: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_connections: '200',
}

function makeCluster(plan: Omit<Launch, 'port'>): void {
  const { native, dataDir, cluster, user, secrets } = plan
  // Made aside and renamed, so that a first start that was killed half-way leaves nothing that looks like a cluster.
  const draft = `${cluster}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  const passwordFolder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-'))
  const passwordFile = path.join(passwordFolder, 'password')
  writeFileSync(passwordFile, secrets.password, { mode: 0o600 })
  if (user !== undefined)
    for (const item of [draft, passwordFolder, passwordFile]) chownSync(item, user.uid, user.gid)
  try {
    execFileSync(
      path.join(native, 'bin', 'initdb'),
      [
        ...[
          `--pgdata=${draft}`,
          `--username=${secrets.user}`,
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
        ],
        ...[
          '--encoding=UTF8',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          '--locale=C',
          '--data-checksums',
        ],
        ...(plan.durable ? [] : ['--no-sync']),
      ],
      { ...user, cwd: dataDir, stdio: ['ignore', 'ignore', 'pipe'], env: serverEnvironment() },
    )
  } catch (error) {
    throw new SetupError(`The database cluster could not be made in ${draft}: ${String(error)}`)
  } finally {
    rmSync(passwordFolder, { recursive: true })
  }
  renameSync(draft, cluster)
}

function loadSecrets(dataDir: string, clusterExists: boolean): Secrets {
  const file = secretsFile(dataDir)
  if (readSecrets(file) === undefined) {
    if (clusterExists) {
      throw new SetupError(
        `${file} is missing; it holds the password of the database in ${dataDir}. Put back a saved copy.`,
      )
    }
    writeSecrets(file, { user: 'chuanmen', password: randomBytes(24).toString('base64url') }, 'keep')
  }
  return secretsShape.parse(readSecrets(file))
}

function secretsFile(dataDir: string): string {
  return path.join(keyFolder(dataDir), 'postgres.json')
}

/** Nothing of ours: PGDATA, PGPORT and the like would change what is started. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LANG: 'C',
    LC_ALL: 'C',
    TZ: 'UTC',
    SystemRoot: process.env['SystemRoot'],
  }
}

/** Connects once, makes our database if it is missing, and makes sure that it is this cluster that answers. */
async function probe(secrets: Secrets, port: number, cluster: string): Promise<string> {
  const client = new pg.Client({
    connectionString: connectionUrl(secrets, port, 'postgres'),
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string; made: boolean }>(
      `select current_setting('data_directory') as folder, exists (select from pg_database where datname = $1) as made`,
      [database],
    )
    if (path.resolve(rows[0]?.folder ?? '') !== cluster) return 'foreign'
    if (rows[0]?.made === false) await client.query(`create database ${database}`)
    return 'ready'
  } catch (error) {
    // 57P03: starting, shutting down or recovering from a crash, which may take long and is not an error.
    return errorCode(error) === '57P03' ? 'starting' : String(error)
  } finally {
    await client.end().catch(() => {})
  }
}

function handle(
  cluster: string,
  secrets: Secrets,
  port: number,
  pid: number,
  adopted: boolean,
  child?: ChildProcess,
): EmbeddedPostgres {
  const isAlive = (): boolean =>
    child === undefined ? isPostmasterOf(cluster, pid) : child.exitCode === null && child.signalCode === null
  return {
    url: connectionUrl(secrets, port, database),
    port,
    pid,
    adopted,
    isAlive,
    async stop() {
      if (!isAlive()) return
      if (process.platform === 'win32') {
        spawnSync(path.join(binaries(), 'bin', 'pg_ctl'), ['stop', '-D', cluster, '-m', 'fast', '-w'])
      } else {
        process.kill(pid, 'SIGINT')
      }
      while (isAlive()) await sleep(20)
    },
  }
}

function connectionUrl(secrets: Secrets, port: number, name: string): string {
  return `postgres://${secrets.user}:${encodeURIComponent(secrets.password)}@127.0.0.1:${port}/${name}`
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}

/** The port of last time when it is still free, so that processes which know it stay connected; else any. */
async function freePort(preferred: number | undefined): Promise<number> {
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const server = createServer()
      server.once('error', reject)
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const address = server.address()
        server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port))
      })
    })
  return preferred === undefined ? listen(0) : listen(preferred).catch(() => listen(0))
}
