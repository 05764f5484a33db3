import { parentPort, workerData } from 'node:worker_threads'
import { learn } from './learn.ts'
import type { Lesson } from './learn.ts'

/** A thread of its own: learning takes seconds, and the process has others to serve. */
parentPort?.postMessage(learn(workerData as Lesson[]))
