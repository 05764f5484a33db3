import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Product } from '#tests/faults/product.ts'

/**
 * Processor time that the product has used so far: server, worker and its PostgreSQL. Unlike a duration it says the same
 * beside other work, so it tells what a machine of one's own could do.
 */

/** Clock ticks of a second, as every Linux counts them for programs. */
const ticks = 100

/** @returns milliseconds. */
export function processorTime({ child, dataDir }: Product): number {
  const processes = new Map<number, { parent: number; used: number }>()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      // After the name in brackets: state, parent, ... and from the twelfth on the time used, with that of ended children.
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
      const used = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
      processes.set(Number(entry), { parent: Number(fields[1]), used })
    } catch {
      // It ended while we looked.
    }
  }
  const roots = new Set([child.pid ?? 0, postmaster(dataDir)])
  const isOurs = (pid: number): boolean =>
    roots.has(pid) || (processes.has(pid) && isOurs(processes.get(pid)!.parent))
  const used = [...processes].reduce((sum, [pid, one]) => sum + (isOurs(pid) ? one.used : 0), 0)
  return (used * 1_000) / ticks
}

function postmaster(dataDir: string): number {
  const found = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find(
    (name) => path.basename(name) === 'postmaster.pid',
  )
  return found === undefined ? 0 : Number(readFileSync(path.join(dataDir, found), 'utf8').split('\n')[0])
}
