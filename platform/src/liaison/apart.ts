import { Worker } from 'node:worker_threads'
import type { Finding } from '#engines/liaison/check.ts'
import type { Plan, Problem, Progress } from '#engines/liaison/contract.ts'

/**
 * Working a problem out in a thread of its own, with an ear for its progress and a hand on its stop. The thread remembers its problem for a while:
 * whoever tries what happens when this one or that one leaves asks soon again (LE9).
 */

export type Given = { problem: Problem; stop: Int32Array }

export type Said =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'plan'; plan: Plan; findings: Finding[] }
  | { kind: 'cancelled' }

export type Outcome = { plan: Plan; findings: Finding[] } | 'cancelled'

/** A thread that hears nothing for so long, milliseconds, is ended from outside. */
const patience = 5_000
/** So long a thread waits for a next problem, milliseconds. */
const waits = 10 * 60_000

/**
 * Begins. `progress()` is the last that was heard; `stop()` ends it soon, and `outcome` is then `cancelled`. After the outcome it stops nothing:
 * the thread may have another problem by then.
 */
export function solveApart(problem: Problem): {
  outcome: Promise<Outcome>
  progress(): Progress
  stop(): void
} {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const worker = taken()
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  let heard: Progress = { step: 'preparing', share: 0, pivots: 0 }
  let patient: NodeJS.Timeout | undefined
  let isOver = false
  worker.on('message', (said: Said) => {
    if (said.kind === 'progress') {
      heard = said.progress
      return
    }
    isOver = true
    clearTimeout(patient)
    putBy(worker)
    resolve(said.kind === 'cancelled' ? 'cancelled' : { plan: said.plan, findings: said.findings })
  })
  worker.on('error', reject)
  worker.on('exit', (code) => {
    clearTimeout(patient)
    if (Atomics.load(stop, 0) === 0) reject(new Error(`solving ended with code ${code}`))
    else resolve('cancelled')
  })
  worker.postMessage({ problem, stop } satisfies Given)
  return {
    outcome: promise,
    progress: () => heard,
    stop() {
      if (isOver || Atomics.exchange(stop, 0, 1) === 1) return
      patient = setTimeout(() => void worker.terminate(), patience)
    },
  }
}

/** The thread that was last at work, while it waits. */
let waiting: { worker: Worker; over: NodeJS.Timeout } | undefined

/** The one that waits, or a new one. */
function taken(): Worker {
  if (!waiting) return new Worker(new URL('./solve-worker.ts', import.meta.url))
  const { worker, over } = waiting
  waiting = undefined
  clearTimeout(over)
  unheard(worker)
  worker.ref()
  return worker
}

/** Lets a thread wait, in place of another; nobody stays up for it. */
function putBy(worker: Worker): void {
  dismiss()
  unheard(worker)
  worker.on('error', dismiss)
  worker.on('exit', dismiss)
  worker.unref()
  waiting = { worker, over: setTimeout(dismiss, waits).unref() }
}

function dismiss(): void {
  if (!waiting) return
  const { worker, over } = waiting
  waiting = undefined
  clearTimeout(over)
  unheard(worker)
  void worker.terminate()
}

function unheard(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
}
