import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, SetupError } from './postgres-install.ts'

/** A server whose supervisor was killed notices and ends; a start right after it waits this long for the port. */
const patience = { tries: 12, pauseMs: 250 }

/** Refuses early, before the database starts, when another program listens where the server is to listen. */
export async function requireFreePort(port: number, host: string): Promise<void> {
  if (port === 0) return
  for (let attempt = 1; ; attempt += 1) {
    const obstacle = await probe(port, host)
    if (obstacle === undefined) return
    if (obstacle !== 'EADDRINUSE')
      throw new SetupError(`Nothing can listen on ${host}:${port} (${obstacle}). Check HOST and PORT.`)
    if (attempt >= patience.tries)
      throw new SetupError(`The port ${port} is in use by another program. Stop that one, or set PORT.`)
    await sleep(patience.pauseMs)
  }
}

/** Listens for a moment. @returns what stood against it, or undefined. */
async function probe(port: number, host: string): Promise<string | undefined> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, resolve)
    })
    return undefined
  } catch (error) {
    return errorCode(error) ?? 'unknown'
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}
