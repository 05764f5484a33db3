import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { errorCode } from './postgres-install.ts'

/** What PostgreSQL wrote about itself into `postmaster.pid`. Line 1 is the process, line 4 the port. */
export type Postmaster = { pid: number; port: number }

export function readPostmaster(cluster: string): Postmaster | undefined {
  const lines = read(lockFile(cluster))?.split('\n')
  if (lines === undefined) return undefined
  const pid = Number(lines[0])
  const port = Number(lines[3])
  // While PostgreSQL starts the file is there but the port is not.
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number.isInteger(port) ? port : 0 } : undefined
}

/**
 * Whether that process is the PostgreSQL of this cluster. After a crash the file stays, and the number in it may by now
 * belong to anything, also to a PostgreSQL of someone else.
 */
export function isPostmasterOf(cluster: string, pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false
  }
  if (process.platform === 'linux') {
    const state = read(`/proc/${pid}/stat`)?.replace(/^.*\) /s, '')[0]
    if (state === undefined || state === 'Z') return false
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
    } catch {
      // In a container root may not look at a process of another user. Its name then has to do; whoever adopts it
      // still asks it for its folder.
      return read(`/proc/${pid}/comm`)?.trim() === 'postgres'
    }
  }
  if (process.platform === 'win32') return true
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(
      'postgres',
    )
  } catch {
    return false
  }
}

/**
 * A stale file whose process number has been given to another process of the same user stops PostgreSQL for good. The
 * file is never deleted, because its line 7 (shared memory) is PostgreSQL's second guard against two servers in one
 * folder: only the number is replaced by our own, which PostgreSQL knows as its parent and does not mistake for a server.
 */
export function disownStaleLock(cluster: string): void {
  const file = lockFile(cluster)
  const text = read(file)
  if (text !== undefined) writeFileSync(file, text.replace(/^\d+/, String(process.pid)))
}

function lockFile(cluster: string): string {
  return path.join(cluster, 'postmaster.pid')
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
