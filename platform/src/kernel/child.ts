import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './log.ts'
import { errorCode, SetupError } from './postgres-install.ts'

/** What a process tells its supervisor. */
export type ChildMessage = { kind: 'ready'; url: string } | { kind: 'failed'; message: string }

/** Something that runs until it is asked to finish what it has begun. */
export type Running = { url: string; drain(): Promise<void> }

/** Time to finish what has begun when asked to stop, and when the supervisor is gone and another may wait for the port. */
const patience = { asked: 7000, orphaned: 2000 }

/**
 * Runs one of the processes: starts it, reports to the supervisor, and drains once on SIGTERM, on SIGINT, or when the
 * supervisor dies, which closes the channel to it.
 */
export async function runProcess(log: Log, start: () => Promise<Running>): Promise<void> {
  let running: Running | undefined
  let leaving = false
  const leave = async (limit: number): Promise<void> => {
    if (leaving) return
    leaving = true
    await Promise.race([
      running?.drain().catch((error: unknown) => log.error({ err: error }, 'drain failed')),
      sleep(limit),
    ])
    process.exit(0)
  }
  process.on('SIGTERM', () => void leave(patience.asked))
  process.on('SIGINT', () => void leave(patience.asked))
  process.on('SIGHUP', () => void leave(patience.asked))
  if (process.connected) process.on('disconnect', () => void leave(patience.orphaned))
  try {
    running = await start()
    await tell({ kind: 'ready', url: running.url })
    log.info('started')
  } catch (error) {
    const message = explain(error)
    log.fatal({ err: error }, error instanceof SetupError ? error.message : 'could not start')
    await tell({ kind: 'failed', message })
    process.exit(1)
  }
}

/** What to print of an error: for those an operator can mend the text alone, for bugs the trace as well. */
export function explain(error: unknown): string {
  if (error instanceof SetupError) return error.message
  if (errorCode(error) === 'EADDRINUSE' && error instanceof Error) {
    const port = 'port' in error ? ` ${String(error.port)}` : ''
    return `The port${port} is in use by another program. Stop that one, or set PORT.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function tell(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve()
    else process.send(message, undefined, {}, () => resolve())
  })
}
