import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

describe.runIf(existsSync(binaries))(
  'with DATABASE_URL naming a PostgreSQL 15 and an owner who is no superuser',
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-own-'))
      chmodSync(folder, 0o755)
      const user = runAs()
      const cluster = path.join(folder, 'cluster')
      mkdirSync(cluster)
      if (user !== undefined) chownSync(cluster, user.uid, user.gid)
      port = await freePort()
      const options = { ...user, cwd: folder, stdio: 'ignore' } as const
      execFileSync(
        path.join(binaries, 'initdb'),
        ['-D', cluster, '-U', 'admin', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
        options,
      )
      const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`
      execFileSync(path.join(binaries, 'pg_ctl'), ['start', '-w', '-D', cluster, '-o', settings], options)
      const admin = new pg.Client({ connectionString: `postgres://admin@127.0.0.1:${port}/postgres` })
      await admin.connect()
      await admin.query(`create role own login createrole password 'own-secret'`)
      await admin.query('create database own owner own')
      await admin.query('create database other owner own')
      await admin.end()
      ownerUrl = `postgres://own:own-secret@127.0.0.1:${port}/own`
    })

    afterAll(() => {
      const pid = readPostmaster(path.join(folder, 'cluster'))?.pid
      if (pid !== undefined) process.kill(pid, 'SIGQUIT')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    })

    test('the migrations make the same schema as on the embedded one', async () => {
      await migrate({ ownerUrl, passwords: freshRolePasswords(), keys: temporaryKeys() })
      const kept = readFileSync(path.resolve(import.meta.dirname, '../../migrations/schema.sql'), 'utf8')
      expect(await dumpSchema(ownerUrl)).toBe(kept)
    })

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
      expect(readPostmaster(path.join(folder, 'cluster'))).toBeDefined()
    })
  },
)
