import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyFile, loadKeys } from './keys.ts'
import { findPostgres } from './postgres.ts'
import { readPostmaster } from './postmaster.ts'

const fixture = path.join(import.meta.dirname, 'supervisor-fixture.ts')

type Started = { process: ChildProcess; output(): string; ended: Promise<number | null> }

let dataDir: string
let port: number
let running: Started

function start(environment: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [fixture, 'start'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CHUANMEN_DATA_DIR: dataDir,
      PORT: String(port),
      CHUANMEN_DEMO: 'subdistrict',
      ...environment,
    },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return {
    process: child,
    output: () => output,
    ended: new Promise((resolve) => child.once('close', resolve)),
  }
}

async function ask(route: string): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${route}`)
    return { status: response.status, text: await response.text() }
  } catch {
    return { status: 0, text: '' }
  }
}

/** Looks again and again; true as soon as it is as wanted, false when it stays otherwise. */
async function soon<T>(look: () => T | Promise<T>, wanted: (value: T) => boolean): Promise<boolean> {
  const end = Date.now() + 15_000
  while (Date.now() < end) {
    if (wanted(await look())) return true
    await sleep(50)
  }
  return false
}

const ready = async (): Promise<void> => {
  expect(await soon(running.output, (text) => text.includes('ready http'))).toBe(true)
}
const postgresPid = (): number => readPostmaster(path.join(dataDir, 'postgres'))?.pid ?? 0
const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A process nobody has waited for is dead all the same.
    return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return true
  }
}
const children = (pid: number): number[] => {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  const found = rows.map((row) => row.trim().split(/\s+/)).filter((row) => row[1] === String(pid))
  return found.filter((row) => ['serve', 'work'].includes(row.at(-1) ?? '')).map((row) => Number(row[0]))
}

beforeAll(async () => {
  dataDir = path.join(mkdtempSync(path.join(os.tmpdir(), 'chuanmen-start-')), 'var')
  chmodSync(path.dirname(dataDir), 0o755)
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  port = (probe.address() as AddressInfo).port
  await new Promise((resolve) => probe.close(resolve))
})

afterAll(async () => {
  running.process.kill('SIGKILL')
  await (await findPostgres({ dataDir }))?.stop()
  rmSync(path.dirname(dataDir), { recursive: true, force: true })
})

describe('npm start', () => {
  test('a demo that was cut off half-way is made anew', async () => {
    running = start({ DIE_HALF_WAY: 'yes' })
    await running.ended
    expect(running.output()).not.toContain('ready')
    running = start()
    await ready()
    expect(running.output()).toContain('making it anew')
  })

  test('prints the address once it answers, then the accounts', async () => {
    expect(running.output()).toContain(`ready http://127.0.0.1:${port}\n`)
    expect(running.output()).toMatch(/Demo accounts[^]*community_desk +desk +shown +One/)
    expect(await ask('/readyz')).toMatchObject({ status: 200 })
  })

  test('a second start on the same data folder says who holds it', async () => {
    const second = start()
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain(
      `in use by process ${running.process.pid}, which serves http://127.0.0.1:${port}`,
    )
    expect(await ask('/readyz')).toMatchObject({ status: 200 })
  })

  test('a killed server is started again', async () => {
    const before = (await ask('/')).text
    process.kill(Number(before), 'SIGKILL')
    expect(
      await soon(
        () => ask('/'),
        ({ status, text }) => status === 200 && text !== before,
      ),
    ).toBe(true)
  })

  test('a killed worker is started again', async () => {
    const server = Number((await ask('/')).text)
    const worker = children(running.process.pid ?? 0).find((pid) => pid !== server) ?? 0
    process.kill(worker, 'SIGKILL')
    expect(
      await soon(
        () => children(running.process.pid ?? 0),
        (now) => now.length === 2 && !now.includes(worker),
      ),
    ).toBe(true)
  })

  test('a killed PostgreSQL is started again, and the server finds it', async () => {
    expect(
      await soon(
        () => ask('/readyz'),
        ({ status }) => status === 200,
      ),
    ).toBe(true)
    const before = postgresPid()
    process.kill(before, 'SIGKILL')
    expect(await soon(postgresPid, (pid) => pid !== before && pid !== 0)).toBe(true)
    expect(
      await soon(
        () => ask('/readyz'),
        ({ status }) => status === 200,
      ),
    ).toBe(true)
  })

  test('when the supervisor is killed its processes end, PostgreSQL stays and is adopted', async () => {
    const orphans = children(running.process.pid ?? 0)
    const database = postgresPid()
    expect(orphans).toHaveLength(2)
    running.process.kill('SIGKILL')
    await running.ended
    running = start()
    await ready()
    expect(await soon(() => orphans.every(isGone), Boolean)).toBe(true)
    expect(postgresPid()).toBe(database)
  })

  test('SIGTERM lets a running request finish, ends everything and exits 0', async () => {
    const pids = [...children(running.process.pid ?? 0), postgresPid()]
    const slow = ask('/slow')
    expect(
      await soon(
        () => ask('/'),
        ({ status }) => status === 200,
      ),
    ).toBe(true)
    running.process.kill('SIGTERM')
    expect((await slow).status).toBe(200)
    expect(await running.ended).toBe(0)
    expect(pids.every(isGone)).toBe(true)
    expect(existsSync(path.join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('another key file is refused, and so is none', async () => {
    const file = keyFile(dataDir)
    const own = readFileSync(file)
    rmSync(file)
    running = start()
    expect(await running.ended).toBe(1)
    expect(running.output()).toMatch(/belongs to the key file .* there is no key file/)
    expect(existsSync(file)).toBe(false)
    const elsewhere = path.join(path.dirname(dataDir), 'elsewhere')
    loadKeys(elsewhere, { create: true })
    copyFileSync(keyFile(elsewhere), file)
    running = start()
    expect(await running.ended).toBe(1)
    expect(running.output()).toMatch(/belongs to the key file \w+, but the key file here is \w+/)
    writeFileSync(file, own)
  })

  test('production refuses a database with demo accounts', async () => {
    running = start({ CHUANMEN_MODE: 'production', CHUANMEN_DEMO: 'none' })
    expect(await running.ended).toBe(1)
    expect(running.output()).toContain('holds demo data and demo accounts')
  })

  test('a port that stays taken is named', async () => {
    const other = createServer().listen(port, '127.0.0.1')
    running = start()
    expect(await running.ended).toBe(1)
    expect(running.output()).toContain(`The port ${port} is in use by another program`)
    await new Promise((resolve) => other.close(resolve))
  })
})
