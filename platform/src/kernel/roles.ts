import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { SetupError } from './postgres-install.ts'
import { keyFolder, readSecrets, writeSecrets } from './secret-file.ts'

/** The server connects as `chuanmen_app`, the job runner fetches jobs as `chuanmen_worker`. Neither owns anything. */
export const roleNames = { app: 'chuanmen_app', worker: 'chuanmen_worker' } as const

export type RolePasswords = { app: string; worker: string }

/** The owner migrates and generates; everything else goes through the application's role. */
export type DatabaseUrls = { owner: string; app: string; worker: string }

const passwordsShape = z.object({ app: z.string().min(16), worker: z.string().min(16) })

/** The passwords of our two roles, made once and kept beside the other keys. */
export function loadRolePasswords(dataDir: string): RolePasswords {
  const file = path.join(keyFolder(dataDir), 'roles.json')
  if (readSecrets(file) === undefined) writeSecrets(file, freshRolePasswords(), 'keep')
  return passwordsShape.parse(readSecrets(file))
}

export function freshRolePasswords(): RolePasswords {
  const fresh = (): string => randomBytes(24).toString('base64url')
  return { app: fresh(), worker: fresh() }
}

/** The same server and database, entered as each role. */
export function databaseUrls(ownerUrl: string, passwords: RolePasswords): DatabaseUrls {
  const as = (name: string, password: string): string => {
    const url = new URL(ownerUrl)
    url.username = name
    url.password = encodeURIComponent(password)
    return url.href
  }
  return {
    owner: ownerUrl,
    app: as(roleNames.app, passwords.app),
    worker: as(roleNames.worker, passwords.worker),
  }
}

/** Makes both roles, or gives an existing one our password when it has another. */
export async function ensureRoles(
  owner: pg.Client,
  urls: DatabaseUrls,
  passwords: RolePasswords,
): Promise<void> {
  for (const kind of ['app', 'worker'] as const) {
    const name = roleNames[kind]
    const verifier = pg.escapeLiteral(scramVerifier(passwords[kind]))
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [name])
    if (rowCount === 0) {
      await owner.query(
        `create role ${name} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit password ${verifier}`,
      )
    } else if (!(await canConnect(urls[kind]))) {
      await owner.query(`alter role ${name} login password ${verifier}`)
    }
  }
}

/** Refuses a role that could step around row security: by attribute, by membership or by owning something. */
export async function verifyRoles(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ name: string; faults: string[] }>(
    `select r.rolname as name, array_remove(array[
        case when r.rolsuper then 'is a superuser' end,
        case when r.rolbypassrls then 'may bypass row security' end,
        case when r.rolcreaterole then 'may create roles' end,
        case when r.rolcreatedb then 'may create databases' end,
        case when r.rolreplication then 'may replicate' end,
        case when exists (select from pg_auth_members m where m.member = r.oid) then 'is a member of another role' end,
        case when exists (
          select from pg_shdepend d
          where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o'
            and d.dbid in (0, (select oid from pg_database where datname = current_database()))
        ) then 'owns objects' end
      ], null) as faults
     from pg_roles r where r.rolname = any($1)`,
    [Object.values(roleNames)],
  )
  const faults = rows.flatMap((row) => row.faults.map((fault) => `the role ${row.name} ${fault}`))
  if (rows.length < 2) faults.push('a role is missing')
  if (faults.length > 0) {
    throw new SetupError(
      `Row security cannot be trusted: ${faults.join('; ')}. Mend this as the database's administrator.`,
    )
  }
}

/**
 * What PostgreSQL stores of a password (RFC 5803), made here so that the password itself is in no statement and no log
 * of a server that is not ours.
 */
function scramVerifier(password: string): string {
  const salt = randomBytes(16)
  const rounds = 4096
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const keyed = (text: string): Buffer => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
