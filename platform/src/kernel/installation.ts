import pg from 'pg'
import type { Config } from './config.ts'
import type { Files } from './files.ts'
import { type Keys, keyFile, loadKeys } from './keys.ts'
import { migrate } from './migrate.ts'
import { findPostgres, startPostgres } from './postgres.ts'
import { SetupError } from './postgres-install.ts'
import { databaseUrls, type DatabaseUrls, loadRolePasswords } from './roles.ts'

/** What the demo capability offers; handed in, because it stands above the kernel. */
export type Demo = {
  loadDemo(options: {
    ownerUrl: string
    keys: Keys
    size: 'subdistrict' | 'district'
    now: Temporal.Instant
    /** Where residents' photos go. */
    files?: Files
    onProgress(step: string, done: number, total: number): void
  }): Promise<void>
  demoAccounts(): DemoAccount[]
  /** Key of a program, for Open311. */
  demoKey(): string
}
export type DemoAccount = { role: string; login: string; password: string; name: string }

export type Installation = { urls: DatabaseUrls; keys: Keys; applied: string[] }

/** Keys, roles and tables as this program needs them. Makes the key file for a database that has none. */
export async function prepare(config: Config, ownerUrl: string): Promise<Installation> {
  const known = await read(ownerUrl, 'key_fingerprint')
  const keys = loadKeys(config.dataDir, { create: known === undefined })
  const { urls, applied } = await migrate({ ownerUrl, passwords: loadRolePasswords(config.dataDir), keys })
  if (keys === undefined) throw new SetupError(`The key file ${keyFile(config.dataDir)} is missing.`)
  return { urls, keys, applied }
}

/** The connections and keys of an installation that a supervisor prepared and keeps running. */
export async function join(config: Config): Promise<{ urls: DatabaseUrls; keys: Keys }> {
  const ownerUrl = config.databaseUrl ?? (await findPostgres(config))?.url
  if (ownerUrl === undefined) {
    throw new SetupError(
      `No database runs on ${config.dataDir}. Use "npm start", or name one with DATABASE_URL.`,
    )
  }
  // A process of its own beside a database of one's own: nobody else has prepared it.
  if (!process.connected) return prepare(config, ownerUrl)
  const keys = loadKeys(config.dataDir, { create: false })
  if (keys === undefined) throw new SetupError(`The key file ${keyFile(config.dataDir)} is missing.`)
  return { urls: databaseUrls(ownerUrl, loadRolePasswords(config.dataDir)), keys }
}

/** Runs `work` with the owner's connection; an embedded PostgreSQL that was not running is started for that long. */
export async function withOwner<T>(config: Config, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  if (config.databaseUrl !== undefined) return work(config.databaseUrl)
  const postgres = await startPostgres(config)
  try {
    return await work(postgres.url)
  } finally {
    if (!postgres.adopted) await postgres.stop()
  }
}

/** Which demo data the database holds; `half` = a generation that was cut off. */
export async function demoState(ownerUrl: string): Promise<'subdistrict' | 'district' | 'half' | undefined> {
  const state = await read(ownerUrl, 'demo')
  return state === 'subdistrict' || state === 'district' || state === 'half' ? state : undefined
}

/** Production never serves invented people, whose passwords are printed. */
export async function refuseDemoInProduction(config: Config, ownerUrl: string): Promise<void> {
  if (config.mode === 'production' && (await demoState(ownerUrl)) !== undefined) {
    throw new SetupError(
      'CHUANMEN_MODE is "production", but this database holds demo data and demo accounts. Use a fresh CHUANMEN_DATA_DIR or database.',
    )
  }
}

/** Whether no district has any row yet. */
export async function isEmpty(ownerUrl: string): Promise<boolean> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'district_code' and not a.attisdropped
       where c.relkind in ('r', 'p') and n.nspname = 'public'`,
    )
    if (rows.length === 0) return true
    const found = rows.map(({ name }) => `exists (select from ${name})`).join(' or ')
    const { rows: answer } = await client.query<{ filled: boolean }>(`select ${found} as filled`)
    return answer[0]?.filled === false
  })
}

/**
 * Fills an empty database with the demo district. The database remembers that it is being filled, so that a generation
 * that was cut off is not taken for a district.
 */
export async function fillWithDemo(demo: Demo, options: Parameters<Demo['loadDemo']>[0]): Promise<void> {
  await setDemo(options.ownerUrl, 'half')
  await demo.loadDemo(options)
  await setDemo(options.ownerUrl, options.size)
}

/** Takes everything out of the database; the next `prepare` builds it anew under the same key file. */
export async function eraseAll(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, (client) =>
    client.query(
      'drop schema if exists graphile_worker cascade; drop schema if exists app cascade; drop schema public cascade; create schema public',
    ),
  )
}

async function setDemo(ownerUrl: string, state: string): Promise<void> {
  await asOwner(ownerUrl, (client) => client.query('update chuanmen_installation set demo = $1', [state]))
}

async function read(ownerUrl: string, column: 'key_fingerprint' | 'demo'): Promise<string | undefined> {
  return asOwner(ownerUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string | null }>(
      `select to_regclass('chuanmen_installation')::text as name`,
    )
    if (tables[0]?.name == null) return undefined
    const { rows } = await client.query<{ value: string | null }>(
      `select ${column} as value from chuanmen_installation`,
    )
    return rows[0]?.value ?? undefined
  })
}

async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
