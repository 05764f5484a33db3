import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPostgres, startPostgres } from './postgres.ts'
import { readPostmaster } from './postmaster.ts'

let dataDir: string
const lockFile = (): string => path.join(dataDir, 'postgres', 'postmaster.pid')

beforeAll(() => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-postgres-'))
  chmodSync(folder, 0o755)
  dataDir = path.join(folder, 'var')
})
afterAll(async () => {
  // Still there only when a test failed; the last ones take the password away.
  await (await findPostgres({ dataDir }).catch(() => undefined))?.stop()
  rmSync(path.dirname(dataDir), { recursive: true, force: true })
})

async function ask(url: string, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text: query, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

test('the first start makes a cluster as the architecture wants it', async () => {
  expect(await findPostgres({ dataDir })).toBeUndefined()
  // What an interrupted first start leaves behind.
  mkdirSync(path.join(dataDir, 'postgres.new', 'base'), { recursive: true })
  const { url, adopted } = await startPostgres({ dataDir })
  expect(adopted).toBe(false)
  expect(await ask(url, `select current_setting('server_version_num')::int >= 180000`)).toBe(true)
  expect(
    await ask(
      url,
      `select array[datlocprovider::text, datlocale, pg_encoding_to_char(encoding)] from pg_database where datname = current_database()`,
    ),
  ).toEqual(['b', 'C.UTF-8', 'UTF8'])
  const settings = [
    'data_checksums',
    'fsync',
    'full_page_writes',
    'synchronous_commit',
    'password_encryption',
    'listen_addresses',
    'unix_socket_directories',
  ]
  expect(
    await ask(url, `select array[${settings.map((name) => `current_setting('${name}')`).join(', ')}]`),
  ).toEqual([...['on', 'on', 'on', 'on', 'scram-sha-256', '127.0.0.1', '']])
  expect(statSync(path.join(dataDir, 'keys', 'postgres.json')).mode & 0o777).toBe(0o600)
})

test('a wrong password does not get in', async () => {
  const { url } = await startPostgres({ dataDir })
  const wrong = Object.assign(new URL(url), { password: 'wrong' }).href
  await expect(ask(wrong, 'select 1')).rejects.toThrow(/password authentication failed/)
})

test('a living server is adopted, on the same port', async () => {
  const first = await startPostgres({ dataDir })
  const second = await startPostgres({ dataDir })
  expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url })
  expect(await findPostgres({ dataDir })).toMatchObject({ pid: first.pid })
})

test('after kill -9 it starts again at once, on the same port, with what was committed', async () => {
  const first = await startPostgres({ dataDir })
  await ask(first.url, 'create table kept as select 7 as number')
  process.kill(first.pid, 'SIGKILL')
  const second = await startPostgres({ dataDir })
  expect(second).toMatchObject({ adopted: false, url: first.url })
  expect(second.pid).not.toBe(first.pid)
  expect(await ask(second.url, 'select number from kept')).toBe(7)
})

test('a stale lock file whose process number now belongs to another program does not stop it', async () => {
  const first = await startPostgres({ dataDir })
  process.kill(first.pid, 'SIGKILL')
  await expect.poll(() => first.isAlive()).toBe(false)
  // The same user as PostgreSQL's, which PostgreSQL itself takes for a living server.
  const { uid, gid } = statSync(path.join(dataDir, 'postgres'))
  const other = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' })
  const stale = readFileSync(lockFile(), 'utf8').replace(/^\d+/, String(other.pid))
  writeFileSync(lockFile(), stale)
  expect(await findPostgres({ dataDir })).toBeUndefined()
  const second = await startPostgres({ dataDir })
  expect(second.adopted).toBe(false)
  expect(await ask(second.url, 'select number from kept')).toBe(7)
  expect(other.exitCode).toBeNull()
  other.kill()
})

test('stop ends it and leaves no lock file', async () => {
  const postgres = await startPostgres({ dataDir })
  await postgres.stop()
  expect(postgres.isAlive()).toBe(false)
  expect(existsSync(lockFile())).toBe(false)
  expect(readPostmaster(path.join(dataDir, 'postgres'))).toBeUndefined()
  await postgres.stop()
})

test('without its password file an existing cluster is refused, not made again', async () => {
  rmSync(path.join(dataDir, 'keys', 'postgres.json'))
  await expect(startPostgres({ dataDir })).rejects.toThrow(/postgres\.json is missing/)
  expect(existsSync(path.join(dataDir, 'postgres', 'PG_VERSION'))).toBe(true)
})

test.runIf(process.getuid?.() === 0)(
  'under root, a folder closed to the user postgres is named',
  async () => {
    const closed = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-closed-'))
    await expect(startPostgres({ dataDir: path.join(closed, 'var') })).rejects.toThrow(
      `cannot enter ${closed} (mode 700)`,
    )
    rmSync(closed, { recursive: true })
  },
)
