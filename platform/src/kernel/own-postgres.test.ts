import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startProduct } from '#tests/faults/product.ts'
import { systemClock } from './clock.ts'
import { uuidv7 } from './ids.ts'
import { temporaryKeys } from './keys.ts'
import { migrate } from './migrate.ts'
import { runAs } from './postgres-install.ts'
import { readPostmaster } from './postmaster.ts'
import { freshRolePasswords } from './roles.ts'
import { dumpSchema } from './schema.ts'

/** Where Debian and Ubuntu put PostgreSQL 15. */
const binaries = '/usr/lib/postgresql/15/bin'

let folder: string
let port: number
let ownerUrl: string

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port: free } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return free
}

const cluster = () => path.join(folder, 'cluster')

/** False while what is left of a killed one still holds the memory or the port. */
function startCluster(): boolean {
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`
  try {
    execFileSync(path.join(binaries, 'pg_ctl'), ['start', '-w', '-D', cluster(), '-o', settings], {
      ...runAs(),
      cwd: folder,
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}

async function json<T>(url: string): Promise<T> {
  const answer = await fetch(url)
  expect(answer.status, url).toBe(200)
  return (await answer.json()) as T
}

describe.runIf(existsSync(binaries))(
  'with DATABASE_URL naming a PostgreSQL 15 and an owner who is no superuser',
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-own-'))
      chmodSync(folder, 0o755)
      const user = runAs()
      mkdirSync(cluster())
      if (user !== undefined) chownSync(cluster(), user.uid, user.gid)
      port = await freePort()
      const options = { ...user, cwd: folder, stdio: 'ignore' } as const
      execFileSync(
        path.join(binaries, 'initdb'),
        ['-D', cluster(), '-U', 'admin', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
        options,
      )
      expect(startCluster()).toBe(true)
      const admin = new pg.Client({ connectionString: `postgres://admin@127.0.0.1:${port}/postgres` })
      await admin.connect()
      await admin.query(`create role own login createrole password 'own-secret'`)
      await admin.query('create database own owner own')
      await admin.query('create database other owner own')
      await admin.query('create database whole owner own')
      await admin.end()
      ownerUrl = `postgres://own:own-secret@127.0.0.1:${port}/own`
    })

    afterAll(() => {
      const pid = readPostmaster(cluster())?.pid
      if (pid !== undefined) process.kill(pid, 'SIGQUIT')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    })

    test('the migrations make the same schema as on the embedded one', async () => {
      await migrate({ ownerUrl, passwords: freshRolePasswords(), keys: temporaryKeys() })
      const kept = readFileSync(path.resolve(import.meta.dirname, '../../migrations/schema.sql'), 'utf8')
      expect(await dumpSchema(ownerUrl)).toBe(kept)
    })

    test('the product itself takes a request over HTTP, keeps it through kill -9 of the database, and comes back by itself', async () => {
      const product = await startProduct({ DATABASE_URL: ownerUrl.replace(/own$/, 'whole') })
      try {
        const { items } = await json<{ items: { path: string; kind: string }[] }>(
          `${product.url}/api/areas?q=社区&kind=community`,
        )
        const id = uuidv7(systemClock.now())
        const words = '楼道的灯坏了'
        const said = await fetch(`${product.url}/api/requests`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            id,
            words,
            path: items[0]?.path,
            reporter: { id: uuidv7(systemClock.now()) },
          }),
        })
        expect(said.status, await said.clone().text()).toBe(201)
        const cookie = said.headers
          .getSetCookie()
          .map((one) => one.split(';')[0])
          .join('; ')
        const read = () => fetch(`${product.url}/api/requests/${id}`, { headers: { cookie } })
        expect(await (await read()).json()).toMatchObject({ id, words })

        const before = readPostmaster(cluster())?.pid
        if (before === undefined) throw new Error('the database does not run')
        process.kill(before, 'SIGKILL')
        // Its children leave the shared memory a moment later.
        await expect.poll(async () => (await read()).status, { timeout: 20_000 }).toBe(503)
        await expect.poll(startCluster, { timeout: 20_000 }).toBe(true)
        await expect.poll(async () => (await read()).status, { timeout: 20_000 }).toBe(200)
        expect(await (await read()).json()).toMatchObject({ id, words })
        await expect
          .poll(async () => (await fetch(`${product.url}/readyz`)).status, { timeout: 20_000 })
          .toBe(200)
      } finally {
        await product.stop()
        product.remove()
      }
    }, 120_000)

    test('the same start reaches ready, leaves the database running, and invents nobody', async () => {
      const child = spawn(
        process.execPath,
        [path.join(import.meta.dirname, 'supervisor-fixture.ts'), 'start'],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
          env: {
            ...process.env,
            DATABASE_URL: ownerUrl.replace(/own$/, 'other'),
            CHUANMEN_DATA_DIR: path.join(folder, 'var'),
            PORT: String(await freePort()),
          },
        },
      )
      let output = ''
      const ready = new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk: Buffer) => {
          output += chunk.toString()
          if (output.includes('ready ')) resolve()
        })
      })
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
      await Promise.race([ready, ended])
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
      expect(output).toMatch(/ready http:\/\/127\.0\.0\.1:\d+\n/)
      expect(output).not.toContain('Demo accounts')
      expect(existsSync(path.join(folder, 'var', 'postgres'))).toBe(false)
      expect(readPostmaster(cluster())).toBeDefined()
    })
  },
)
