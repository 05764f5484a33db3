import { Worker } from 'node:worker_threads'
import type { Finding } from '#engines/liaison/check.ts'
import type { Before, Plan, Problem, Progress } from '#engines/liaison/contract.ts'

/** Working a problem out in a thread of its own, with an ear for its progress and a hand on its stop. */

export type Given = { problem: Problem; before: Before | undefined; stop: Int32Array }

export type Said =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'plan'; plan: Plan; findings: Finding[] }
  | { kind: 'cancelled' }

export type Outcome = { plan: Plan; findings: Finding[] } | 'cancelled'

/** A thread that hears nothing for so long, milliseconds, is ended from outside. */
const patience = 5_000

/** Begins, from an earlier plan if one is given. `progress()` is the last that was heard; `stop()` ends it soon, and `outcome` is then `cancelled`. */
export function solveApart(
  problem: Problem,
  before?: Before,
): {
  outcome: Promise<Outcome>
  progress(): Progress
  stop(): void
} {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('./solve-worker.ts', import.meta.url), {
    workerData: { problem, before, stop } satisfies Given,
  })
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  let heard: Progress = { step: 'preparing', share: 0, pivots: 0 }
  let patient: NodeJS.Timeout | undefined
  worker.on('message', (said: Said) => {
    if (said.kind === 'progress') heard = said.progress
    else if (said.kind === 'cancelled') resolve('cancelled')
    else resolve({ plan: said.plan, findings: said.findings })
  })
  worker.on('error', reject)
  worker.on('exit', (code) => {
    clearTimeout(patient)
    if (Atomics.load(stop, 0) === 0) reject(new Error(`solving ended with code ${code}`))
    else resolve('cancelled')
  })
  return {
    outcome: promise,
    progress: () => heard,
    stop() {
      if (Atomics.exchange(stop, 0, 1) === 1) return
      patient = setTimeout(() => void worker.terminate(), patience)
    },
  }
}
