import { parentPort } from 'node:worker_threads'
import { check } from '#engines/liaison/check.ts'
import { Cancelled } from '#engines/liaison/contract.ts'
import { solver } from '#engines/liaison/solve.ts'
import type { Given, Said } from './apart.ts'

/**
 * A thread of its own: a district takes seconds, and the process has others to serve. The plan is judged here too, by code that
 * shares nothing with the solver; what does not hold is never kept (LP3).
 */

const { solve, prepare } = solver()
const say = (said: Said) => parentPort?.postMessage(said)
/** Told this often at most; more than anybody can read. */
const saidAtOnce = 100

parentPort?.on('message', ({ problem, stop }: Given) => {
  let last = -Infinity
  try {
    const plan = solve(problem, {
      now: () => performance.now(),
      cancelled: () => Atomics.load(stop, 0) !== 0,
      onProgress(progress) {
        if (performance.now() - last < saidAtOnce) return
        last = performance.now()
        say({ kind: 'progress', progress })
      },
    })
    say({ kind: 'progress', progress: { step: 'proving', share: 1, pivots: plan.stats.pivots } })
    say({ kind: 'plan', plan, findings: check(problem, plan) })
    prepare()
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    say({ kind: 'cancelled' })
  }
})
