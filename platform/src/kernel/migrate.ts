import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import type { Keys } from './keys.ts'
import { SetupError } from './postgres-install.ts'
import {
  databaseUrls,
  type DatabaseUrls,
  ensureRoles,
  roleNames,
  type RolePasswords,
  verifyRoles,
} from './roles.ts'

export type MigrateOptions = {
  ownerUrl: string
  passwords: RolePasswords
  /** The key file that belongs to this database; undefined = there is none yet. */
  keys: Keys | undefined
  /** Folder of `NNNN_name.sql`. */
  directory?: string
}

export type Migrated = {
  urls: DatabaseUrls
  /** Names of the migrations that were applied now. */
  applied: string[]
}

type Migration = { name: string; checksum: string; sql: string }

const ownDirectory = path.resolve(import.meta.dirname, '../../migrations')
/** Any number, as long as every process of every release takes the same. */
const lockNumber = 7_236_801

/**
 * Brings the database to the shape this program needs: roles, the job runner's tables, our migrations in order, grants.
 * Safe to run from several processes at once. Refuses a database of another key file, of a newer program, or one whose
 * applied migrations were edited.
 */
export async function migrate(options: MigrateOptions): Promise<Migrated> {
  const urls = databaseUrls(options.ownerUrl, options.passwords)
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'chuanmen migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await requireVersion(client)
    await client.query('select pg_advisory_lock($1)', [lockNumber])
    await client.query(bookkeeping)
    await bindKeys(client, options.keys)
    await ensureRoles(client, urls, options.passwords)
    await migrateJobs(options.ownerUrl)
    const applied = await applyAll(client, readMigrations(options.directory ?? ownDirectory))
    await client.query(grants)
    await verifyRoles(client)
    return { urls, applied }
  } finally {
    // Also gives back the lock.
    await client.end()
  }
}

const bookkeeping = `
  set client_min_messages = warning;
  create table if not exists chuanmen_migration (
    name text primary key, checksum text not null, applied_at timestamptz not null default now());
  create table if not exists chuanmen_installation (
    only_row boolean primary key default true check (only_row), key_fingerprint text not null, demo text,
    made_at timestamptz not null default now());`

/**
 * The application may not touch the bookkeeping. The job runner's role gets its tables and nothing else; they have row
 * security, and a policy is what lets a role that is not their owner see the rows.
 */
const grants = `
  revoke create on schema public from public;
  grant usage on schema public to ${roleNames.app};
  grant usage on schema graphile_worker to ${roleNames.worker};
  grant select, insert, update, delete on all tables in schema graphile_worker to ${roleNames.worker};
  grant usage on all sequences in schema graphile_worker to ${roleNames.worker};
  revoke execute on all functions in schema graphile_worker from public;
  grant execute on all functions in schema graphile_worker to ${roleNames.worker};
  do $$
  declare job_table text;
  begin
    for job_table in
      select c.relname from pg_class c
      where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'of_worker')
    loop
      execute format('create policy of_worker on graphile_worker.%I to ${roleNames.worker} using (true) with check (true)', job_table);
    end loop;
  end $$;`

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; name: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
  )
  const found = rows[0]
  if (Number(found?.number) < 150_000) {
    throw new SetupError(
      `PostgreSQL 15 or later is needed; the server named by DATABASE_URL is ${found?.name ?? 'unknown'}.`,
    )
  }
}

/** The first key file marks the database; with any other one, every encrypted value would be unreadable. */
async function bindKeys(client: pg.Client, keys: Keys | undefined): Promise<void> {
  const { rows } = await client.query<{ key_fingerprint: string }>(
    'select key_fingerprint from chuanmen_installation',
  )
  const known = rows[0]?.key_fingerprint
  if (known === undefined) {
    if (keys === undefined) throw new TypeError('A new database needs keys')
    await client.query(
      'insert into chuanmen_installation (key_fingerprint) values ($1) on conflict do nothing',
      [keys.fingerprint],
    )
  } else if (known !== keys?.fingerprint) {
    throw new SetupError(
      `The database belongs to the key file ${known}, but ${
        keys === undefined ? 'there is no key file' : `the key file here is ${keys.fingerprint}`
      }. Put the saved keys/chuanmen.json into the data folder; without it, phone and identity numbers cannot be read.`,
    )
  }
}

async function migrateJobs(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 })
  pool.on('error', () => {})
  // graphile-worker insists on hearing of every connection as well.
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, schema: 'graphile_worker', logger: new Logger(() => () => {}) })
  } finally {
    await pool.end()
  }
}

function readMigrations(directory: string): Migration[] {
  return readdirSync(directory)
    .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
    .toSorted()
    .map((name) => {
      const sql = readFileSync(path.join(directory, name), 'utf8').replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

async function applyAll(client: pg.Client, migrations: Migration[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from chuanmen_migration',
  )
  const done = new Map(rows.map((row) => [row.name, row.checksum]))
  refuseMismatch(done, migrations)
  const pending = migrations.filter(({ name }) => !done.has(name))
  for (const { name, sql, checksum } of pending) {
    try {
      // A migration that waits for a lock holds up everybody who comes after it.
      await client.query("begin; set local lock_timeout = '10s'")
      await client.query(sql)
      await client.query('insert into chuanmen_migration (name, checksum) values ($1, $2)', [name, checksum])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw new Error(`Migration ${name} failed and was undone: ${describe(error, sql)}`, { cause: error })
    }
  }
  return pending.map(({ name }) => name)
}

function refuseMismatch(done: ReadonlyMap<string, string>, migrations: Migration[]): void {
  const files = new Map(migrations.map((migration) => [migration.name, migration.checksum]))
  const last = [...done.keys()].toSorted().at(-1) ?? ''
  for (const [name, checksum] of done) {
    if (!files.has(name)) {
      throw new SetupError(
        `The database is newer than this program: it has the migration ${name}, which is unknown here.`,
      )
    }
    if (files.get(name) !== checksum) {
      throw new SetupError(
        `The migration ${name} was changed after it was applied. Restore it and write a new one instead.`,
      )
    }
  }
  for (const { name } of migrations) {
    if (!done.has(name) && name < last) {
      throw new SetupError(
        `The migration ${name} comes before ${last}, which is applied already. Give it a later number.`,
      )
    }
  }
}

function describe(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return String(error)
  const line =
    error.position === undefined ? '' : ` (line ${sql.slice(0, Number(error.position)).split('\n').length})`
  return `${error.message}${line}`
}
