import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildMessage } from './child.ts'
import type { Log } from './log.ts'

export type Kept = {
  /** Ends the process and starts it again, as when the database has moved to another port. */
  restart(): void
  /** Lets it finish; after `patience` milliseconds it is killed. */
  stop(patience: number): Promise<void>
}

export type KeepOptions = {
  main: string
  command: 'serve' | 'work'
  log: Log
  onReady?(url: string): void
  /** It ended by itself; `message` says why if it knew. */
  onEnd?(message: string | undefined): void
}

/**
 * The worker goes through a district row by row and may take its time: it collects what is left over whenever its memory has grown by a fifth,
 * instead of doubling it (`node --v8-options`).
 */
export const workerFlags = ['--max-semi-space-size=2', '--heap-growing-percent=20']

const shortest = 100
const longest = 5000
/** Whoever ran this long was healthy: the next restart is quick again. */
const healthy = 10_000

/** Keeps one process running: starts it again within a second when it dies, more slowly when it keeps dying. */
export function keep(options: KeepOptions): Kept {
  let child: ChildProcess | undefined
  let stopping = false
  let delay = shortest
  let timer: NodeJS.Timeout | undefined

  const start = (): void => {
    const startedAt = performance.now()
    let failure: string | undefined
    const current = fork(options.main, [options.command], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [...process.execArgv, ...(options.command === 'work' ? workerFlags : [])],
    })
    child = current
    current.on('message', (message: ChildMessage) => {
      if (message.kind === 'ready') options.onReady?.(message.url)
      else failure = message.message
    })
    current.once('error', (error) => {
      failure = error.message
    })
    current.once('close', (code, signal) => {
      child = undefined
      if (stopping) return
      if (performance.now() - startedAt > healthy) delay = shortest
      options.log.warn(
        { process: options.command, exitCode: code ?? -1, signal: signal ?? 'none', delayMs: delay },
        'process ended, starting it again',
      )
      options.onEnd?.(failure)
      timer = setTimeout(start, delay)
      delay = Math.min(longest, delay * 2)
    })
  }
  start()

  return {
    restart() {
      delay = shortest
      child?.kill('SIGTERM')
    },
    async stop(patience) {
      stopping = true
      clearTimeout(timer)
      const current = child
      if (current === undefined) return
      const ended = new Promise<void>((resolve) => current.once('close', () => resolve()))
      current.kill('SIGTERM')
      if ((await Promise.race([ended.then(() => 'ended'), sleep(patience)])) === 'ended') return
      current.kill('SIGKILL')
      await ended
    },
  }
}
