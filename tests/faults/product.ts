import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** The product as an operator starts it: one command, its own PostgreSQL, server and worker as processes of their own. */

const main = path.resolve(import.meta.dirname, '../../platform/src/main.ts')

type Part = 'serve' | 'work' | 'postgres' | 'start'

export type Product = {
  url: string
  output(): string
  dataDir: string
  /** The process that is this part now. */
  pid(part: Part): number | undefined
  kill(part: Part): boolean
  stop(): Promise<number | null>
  remove(): void
  child: ChildProcess
}

/** Starts it and waits for `ready`. */
export async function startProduct(
  environment: Record<string, string> = {},
  dataDir = freshFolder(),
): Promise<Product> {
  const child = spawn(process.execPath, [main, 'start'], {
    env: {
      ...process.env,
      PORT: String(await freePort()),
      CHUANMEN_DATA_DIR: dataDir,
      CHUANMEN_DEMO: 'subdistrict',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      const ready = /ready (https?:\/\/\S+)/.exec(output)
      if (ready) resolve(ready[1]!)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('exit', (code) => reject(new Error(`exited with ${code} before it was ready:\n${output}`)))
  })
  const pid = (part: Part) =>
    part === 'start' ? child.pid : part === 'postgres' ? postmaster(dataDir) : childOf(child.pid!, part)
  return {
    url,
    dataDir,
    child,
    output: () => output,
    pid,
    kill(part) {
      const running = pid(part)
      if (running === undefined) return false
      process.kill(running, 'SIGKILL')
      return true
    },
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve(child.exitCode)
        child.on('exit', (code) => resolve(code))
        child.kill('SIGTERM')
      }),
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

/** Fixed for the product's life, so that a server that was killed comes back where its callers look. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A folder that the database's user may pass through. */
export function freshFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-product-'))
  chmodSync(folder, 0o755)
  return folder
}

function childOf(parent: number, command: string): number | undefined {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
      const words = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0')
      if (Number(fields[1]) === parent && words.includes(command)) return Number(entry)
    } catch {
      // It ended while we looked.
    }
  }
  return undefined
}

function postmaster(dataDir: string): number | undefined {
  const found = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find(
    (name) => path.basename(name) === 'postmaster.pid',
  )
  return found === undefined
    ? undefined
    : Number(readFileSync(path.join(dataDir, found), 'utf8').split('\n')[0])
}
