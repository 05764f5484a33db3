import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { listen } from './listen.ts'
import type { Statement } from './listen.ts'

/**
 * The same SQL without us: writes down what one request of ours sends to PostgreSQL, makes a script for `pgbench` of it,
 * and runs that. What is new in every request (ids, codes, indexes of phones) is new in every run of the script.
 */

/** Writes down every statement that any connection of this process sends while `work` runs. */
export async function recording(work: () => Promise<void>): Promise<Statement[]> {
  const heard: Statement[] = []
  const listening = listen((statement) => void heard.push(statement))
  try {
    await work()
  } finally {
    listening.stop()
  }
  if (heard.length === 0) throw new Error('nothing was sent to PostgreSQL')
  return heard
}

const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g
/** Ten digits, drawn anew for each run of the script. */
const drawn = ':drawn'

/** Whether two recordings hold the same statements; now and then one also bears what a cache reads anew. */
export function isSameWork(one: readonly Statement[], other: readonly Statement[]): boolean {
  const shape = (statements: readonly Statement[]) =>
    statements.map(({ text }) => text.replace(uuid, '?')).join('\n')
  return shape(one) === shape(other)
}

/**
 * A script for pgbench out of two recordings of the same work: what differs between them is what must differ from run to
 * run.
 */
export function scriptOf(one: readonly Statement[], other: readonly Statement[]): string {
  const everywhere = new Set(JSON.stringify(other).match(uuid))
  const fresh = [...new Set(JSON.stringify(one).match(uuid))].filter((id) => !everywhere.has(id))
  const renewed = new Map(
    fresh.map((id, index) => [
      id,
      `${id.slice(0, 8)}-${index.toString(16).padStart(4, '0')}-7000-8000-00${drawn}`,
    ]),
  )
  const renew = (text: string) => text.replace(uuid, (id) => renewed.get(id) ?? id)
  const lines = one.map(({ text, values }, at) => {
    const filled = text.replace(/\$(\d+)/g, (_, number: string) => {
      const index = Number(number) - 1
      return renew(literal(values[index], other[at]?.values[index]))
    })
    // What we send as one message goes as one message.
    const parts = renew(filled).split(/;\s*(?=set local|begin)/)
    return `${parts.join(' \\; ')};`
  })
  return [`\\set drawn random(1000000000, 9999999999)`, ...lines, ''].join('\n')
}

/** A parameter in the notation that PostgreSQL reads, as the driver writes it. */
function prepare(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value) || typeof value === 'string') return value
  if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(String(item))).join(',')}}`
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`
  return JSON.stringify(value)
}

function literal(value: unknown, elsewhere: unknown): string {
  const prepared = prepare(value)
  if (prepared === null) return 'null'
  if (Buffer.isBuffer(prepared)) {
    const differs = !(Buffer.isBuffer(elsewhere) && prepared.equals(elsewhere))
    const hex = prepared.toString('hex')
    return `'\\x${differs && hex.length > 10 ? hex.slice(0, -10) + drawn : hex}'`
  }
  const text = prepared
  // Unique texts: short codes, blind indexes. Ids are renewed apart; times and objects may stay.
  const isPlain = /^[{[]|^\d{4}-\d\d-\d\dT|^[\d.]+$/.test(text) || new RegExp(`^${uuid.source}$`).test(text)
  const isUnique = text !== elsewhere && text.length > 10 && !isPlain
  return isUnique ? pg.escapeLiteral(text.slice(0, -10)).replace(/'$/, `${drawn}'`) : pg.escapeLiteral(text)
}

/** @returns transactions a second, or undefined where pgbench is not installed. */
export async function pgbench(
  url: string,
  script: string,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<number | undefined> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-pgbench-'))
  const file = path.join(folder, 'script.sql')
  writeFileSync(file, script)
  try {
    const { code, output } = await run('pgbench', [
      '-n',
      '-f',
      file,
      '-c',
      `${clients}`,
      '-j',
      '1',
      '-T',
      `${seconds}`,
      url,
    ])
    if (code === null) return undefined
    const tps = /tps = ([\d.]+)/.exec(output)
    if (code !== 0 || !tps) throw new Error(`pgbench: ${output.slice(0, 2_000)}`)
    return Number(tps[1])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `code` is null where there is no such program. */
function run(program: string, given: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, given, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', () => resolve({ code: null, output }))
    child.on('close', (code) => resolve({ code, output }))
  })
}
