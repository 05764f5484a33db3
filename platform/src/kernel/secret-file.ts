import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'

/** The folder of key files: for the owner of the installation only. */
export function keyFolder(dataDir: string): string {
  return path.join(dataDir, 'keys')
}

/** Reads a JSON file of secrets, or undefined when there is none. */
export function readSecrets(file: string): unknown {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error(`The key file ${file} cannot be read as JSON. It was not touched; put back a saved copy.`)
  }
}

/**
 * Writes secrets with mode 600, whole or not at all.
 * @param existing `keep`: when the file came into being meanwhile, that one stays. `replace`: ours takes its place.
 */
export function writeSecrets(file: string, secrets: unknown, existing: 'keep' | 'replace'): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  const handle = openSync(draft, 'w', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(secrets, null, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  if (existing === 'replace') return renameSync(draft, file)
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft)
  }
}
