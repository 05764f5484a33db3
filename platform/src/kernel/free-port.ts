import { createServer } from 'node:net'
import { errorCode, SetupError } from './postgres-install.ts'

/** Refuses early, before the database starts, when another program listens where the server is to listen. */
export async function requireFreePort(port: number, host: string): Promise<void> {
  if (port === 0) return
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen(port, host, resolve)
    })
  } catch (error) {
    const why = errorCode(error)
    if (why === 'EADDRINUSE')
      throw new SetupError(`Another program listens on ${host}:${port}. Stop it, or set PORT.`)
    throw new SetupError(`Nothing can listen on ${host}:${port} (${why ?? 'unknown'}). Check HOST and PORT.`)
  } finally {
    await new Promise((resolve) => probe.close(resolve))
  }
}
