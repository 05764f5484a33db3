import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { errorCode, SetupError } from './postgres-install.ts'

export type DataLock = {
  /** What a second start is told about us. */
  announce(holder: string): void
  release(): Promise<void>
}

/**
 * Holds a data folder for one supervisor at a time. A listening socket, not a file with a process number: the system
 * closes it with the process, however that ends, and whoever connects can be told who holds the folder.
 */
export async function lockDataFolder(dataDir: string): Promise<DataLock> {
  const folder = makeFolder(dataDir)
  const address = socketAddress(folder)
  let holder = `process ${process.pid}, just starting`
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(holder)
  })
  for (let attempt = 1; ; attempt += 1) {
    try {
      await listen(server, address)
      break
    } catch (error) {
      if (errorCode(error) !== 'EADDRINUSE') throw error
    }
    const other = await ask(address)
    if (other !== undefined || attempt > 3) {
      throw new SetupError(
        `The data folder ${folder} is in use by ${other ?? 'another process'}. Stop that one, or set CHUANMEN_DATA_DIR.`,
      )
    }
    // Only a socket file outlives its process; an abstract socket and a named pipe do not.
    if (path.isAbsolute(address) && process.platform !== 'win32') rmSync(address, { force: true })
  }
  server.unref()
  return {
    announce(text) {
      holder = text
    },
    release: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function makeFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true })
    return realpathSync(dataDir)
  } catch (error) {
    throw new SetupError(
      `The data folder ${dataDir} cannot be used (${errorCode(error) ?? 'unknown'}). Set CHUANMEN_DATA_DIR to a folder this user may write to.`,
    )
  }
}

/** Whether a supervisor holds that folder, and which. */
export async function holderOf(dataDir: string): Promise<string | undefined> {
  try {
    return await ask(socketAddress(realpathSync(dataDir)))
  } catch {
    return undefined
  }
}

function socketAddress(folder: string): string {
  const name = `chuanmen-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`
  if (process.platform === 'linux') return `\0${name}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return path.join(os.tmpdir(), `${name}.sock`)
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function ask(address: string): Promise<string | undefined> {
  const socket = connect(address)
  socket.setTimeout(2000, () => socket.destroy())
  try {
    return await text(socket)
  } catch {
    return undefined
  }
}
