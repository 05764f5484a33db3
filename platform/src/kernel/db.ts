import { Kysely, PostgresDialect, PostgresDriver, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { columnTypes } from './db-types.ts'
import { PreparingClient } from './prepared.ts'
import { KeptRefusal } from './problem.ts'

/** A transaction under row security. A store names its own tables: `trx.withTables<MyTables>()`. */
export type Trx = Transaction<Record<never, never>>

/**
 * What a transaction may see. It is set for that transaction only and read by the row security policies.
 * `reach`: `none` = only what the reporter or person owns, `scoped` = areas under `paths` and things held by
 * `organisations`, `district` = everything of the district.
 */
export type Scope = {
  /** 6-digit code of the district, the tenant. */
  district: string
  reach: 'none' | 'scoped' | 'district'
  /** Materialised area paths, codes each ended by `/`. */
  paths: readonly string[]
  /** Ids of organisations. */
  organisations: readonly string[]
  /** Every organisation the person serves in, whatever the ability: what is withheld from one of them is withheld (RQ10). */
  belongs?: readonly string[] | undefined
  /** Areas whose desk the person serves at. */
  desks?: readonly string[] | undefined
  person?: string | undefined
  /** Also what lies behind the doors whose duty is the person's today. */
  duty?: boolean | undefined
  /** The civil day on which it acts (`YYYY-MM-DD`); without it nobody owns a door. */
  today?: string | undefined
  reporter?: string | undefined
  /** Service requests that this browser follows by code and phone tail. */
  requests?: readonly string[] | undefined
}

/** Jobs and administration act for the whole district. */
export function wholeOf(district: string): Scope {
  return { district, reach: 'district', paths: [], organisations: [] }
}

/** What a hook after the commit may do: a further transaction in the same scope, or a statement without any. */
export type AfterCommit = (done: {
  within<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  scope: Scope
  pool: pg.Pool
}) => Promise<void> | void

const hooks = new WeakMap<object, AfterCommit[]>()

/**
 * What leaves this database (a text message, a signal) leaves once the transaction is committed, never for one that was
 * rolled back. The caller of `within` waits for it, and gets what it throws; the transaction stays committed.
 */
export function afterCommit(trx: Trx, work: AfterCommit): void {
  const known = hooks.get(trx)
  if (!known) throw new Error('not in a transaction of within()')
  known.push(work)
}

export type Database = {
  /**
   * Runs `work` in one transaction that sees only what `scope` allows; commits its result, rolls back when it throws
   * (only a `KeptRefusal` commits and is thrown all the same).
   * A serialization failure or deadlock is tried again, at most three times, so `work` does nothing but SQL.
   */
  within<T>(scope: Scope, work: (trx: Trx) => Promise<T>): Promise<T>
  close(): Promise<void>
  /** For health checks and listeners. Without a scope row security shows nothing on it. */
  pool: pg.Pool
}

const attempts = 4
/** serialization_failure and deadlock_detected: the server asks for another try. */
const worthAnotherTry: ReadonlySet<unknown> = new Set(['40001', '40P01'])

/** Opens a pool. `url` is that of the application role, which owns nothing and cannot bypass row security. */
export function openDatabase(url: string, options: { max?: number } = {}): Database {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    max: options.max ?? 20,
    types: columnTypes,
    application_name: 'chuanmen',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  })
  // A connection that dies while idle (the server restarts) is replaced on next use; unheard it would end the process.
  pool.on('error', () => {})
  // One that dies in the middle of a transaction fails its query; the event besides would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}))
  const kysely = new Kysely<Record<never, never>>({ dialect: new ScopedDialect({ pool }) })

  const database: Database = {
    pool,
    async within(scope, work) {
      const opening = openingStatement(scope)
      const within = database.within.bind(null, scope) as <R>(next: (trx: Trx) => Promise<R>) => Promise<R>
      for (let attempt = 1; ; attempt += 1) {
        // What an attempt that was rolled back asked for is forgotten with it.
        const after: AfterCommit[] = []
        const done = await kysely
          .transaction()
          .execute(async (trx) => {
            hooks.set(trx, after)
            await sql.raw(opening).execute(trx)
            return await work(trx).then(
              (result) => ({ result }),
              (error: unknown) => {
                if (error instanceof KeptRefusal) return { refused: error }
                throw error
              },
            )
          })
          .catch((error: unknown) => {
            if (attempt >= attempts || !worthAnotherTry.has(sqlState(error))) throw error
          })
        if (!done) continue
        for (const hook of after) await hook({ within, scope, pool })
        if ('refused' in done) throw done.refused
        return done.result
      }
    },
    close: () => kysely.destroy(),
  }
  return database
}

/** The SQLSTATE of a PostgreSQL error, or undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/**
 * `begin` and every setting as one message. Literals, not parameters: only `SET LOCAL` itself reaches the workers of a
 * Citus cluster (`set_config()` does not), and SET takes no parameters.
 */
function openingStatement(scope: Scope): string {
  const settings: Record<string, string> = {
    'app.district': scope.district,
    'app.reach': scope.reach,
    'app.paths': joined(scope.paths, ' '),
    'app.organisations': joined(scope.organisations, ','),
    'app.belongs': joined(scope.belongs ?? [], ','),
    'app.desks': joined(scope.desks ?? [], ' '),
    'app.person': scope.person ?? '',
    'app.duty': scope.duty ? 'on' : '',
    'app.today': scope.today ?? '',
    'app.reporter': scope.reporter ?? '',
    'app.requests': joined(scope.requests ?? [], ','),
    statement_timeout: '15s',
  }
  const statements = Object.entries(settings).map(([name, value]) => `set local ${name} = ${literal(value)}`)
  return ['begin', ...statements].join('; ')
}

/** A part that holds the separator would become two, and so widen what may be seen. */
function joined(parts: readonly string[], separator: string): string {
  for (const part of parts) {
    if (part === '' || /[\s,]/.test(part))
      throw new TypeError(`Not an area path or id: ${JSON.stringify(part)}`)
  }
  return parts.join(separator)
}

function literal(value: string): string {
  if (value.includes('\0')) throw new TypeError('A setting cannot hold a NUL character')
  return pg.escapeLiteral(value)
}

/** Leaves `begin` to the opening statement, which saves a round trip in every transaction. */
class ScopedDriver extends PostgresDriver {
  override async beginTransaction(): Promise<void> {}
}

class ScopedDialect extends PostgresDialect {
  readonly #config: { pool: pg.Pool }

  constructor(config: { pool: pg.Pool }) {
    super(config)
    this.#config = config
  }

  override createDriver(): ScopedDriver {
    return new ScopedDriver(this.#config)
  }
}

/**
 * Lets this transaction reach further requests: one that is just being made, or one whose code and phone tail were right.
 * The ids are the caller's to vouch for.
 */
export async function reachRequests(trx: Trx, ids: readonly string[]): Promise<void> {
  await sql.raw(`set local app.requests = ${literal(joined(ids, ','))}`).execute(trx)
}

/**
 * Lets one transaction of the district at a time go on, until it ends: whoever sends the same thing twice at once finds, the
 * second time, what the first one made (RQ3).
 */
export async function oneAtATime(trx: Trx, what: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${what} || ' ' || app.district(), 0))`.execute(trx)
}
