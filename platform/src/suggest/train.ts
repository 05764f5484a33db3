import { Worker } from 'node:worker_threads'
import { usual } from '#engines/classify/fit.ts'
import type { Model } from '#engines/classify/score.ts'
import { wholeOf } from '#kernel/db.ts'
import type { Database, Trx } from '#kernel/db.ts'
import { acceptedTexts } from '#requests/past.ts'
import type { PastText } from '#requests/past.ts'
import type { Learned, Lesson } from './learn.ts'
import * as store from './store.ts'
import type { Kind, ModelRow } from './store.ts'

/** Learning anew from what a district accepted, and keeping what was learned. */

/** Requests of a district that it learns from, the newest. */
const mostLessons = 20_000
const pageSize = 2_000
const keptVersions = 3
/** What was shown and never decided upon is forgotten after so many days. */
const idleDays = 30

export function learnApart(lessons: readonly Lesson[]): Promise<Learned> {
  const { promise, resolve, reject } = Promise.withResolvers<Learned>()
  const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData: lessons })
  worker.on('message', resolve)
  worker.on('error', reject)
  worker.on('exit', (code) => reject(new Error(`learning ended with code ${code}`)))
  return promise
}

/** A title that is the beginning of the words says nothing more. */
export function textOf({ title, words }: { title: string; words: string }): string {
  return words.startsWith(title) ? words : `${title} ${words}`
}

async function lessonsOf(database: Database, district: string): Promise<Lesson[]> {
  const lessons: Lesson[] = []
  let after: PastText | null = null
  while (lessons.length < mostLessons) {
    const last: PastText | null = after
    // A page a transaction: nobody waits for somebody who reads twenty thousand requests.
    const page: PastText[] = await database.within(wholeOf(district), (trx) =>
      acceptedTexts(trx, last, pageSize),
    )
    for (const one of page)
      lessons.push({
        text: textOf(one),
        category: one.category,
        urgency: one.urgency,
        reporter: one.reporter,
      })
    after = page.at(-1) ?? null
    if (page.length < pageSize) break
  }
  return lessons
}

/**
 * Learns from the district's accepted requests and keeps the models under a new version. Safe to repeat and to run twice
 * at a time.
 *
 * @returns the version, and how many requests it learned from.
 */
export async function train(
  database: Database,
  district: string,
  now: Temporal.Instant,
): Promise<{ version: number; texts: number; learned: Learned }> {
  const lessons = await lessonsOf(database, district)
  const learned = await learnApart(lessons)
  const version = await database.within(wholeOf(district), async (trx) => {
    const next = (await store.newestVersion(trx)) + 1
    const at = now.toString({ smallestUnit: 'millisecond' })
    await keep(trx, learned, { version: next, at, texts: lessons.length })
    await store.removeModelsBefore(trx, next - keptVersions + 1)
    await store.removeIdle(trx, now.subtract({ hours: idleDays * 24 }).toString())
    return next
  })
  return { version, texts: lessons.length, learned }
}

async function keep(
  trx: Trx,
  learned: Learned,
  { version, at, texts }: { version: number; at: string; texts: number },
): Promise<void> {
  for (const kind of ['category', 'urgency'] as const satisfies Kind[]) {
    const { model, figures } = learned[kind]
    await store.addModel(trx, {
      kind,
      version,
      trained_at: at,
      terms: [...model.terms],
      labels: [...model.labels],
      rarity: bytesOf(model.rarity),
      unknown_rarity: model.unknown,
      weights: bytesOf(model.weights),
      offsets: bytesOf(model.offsets),
      sharpness: model.sharpness,
      threshold: model.threshold,
      texts,
      figures: figures && { ...figures, precisionAskedFor: usual.precision },
    })
  }
}

function bytesOf(numbers: Float32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}

/** The numbers as they were; copied, because a slice of a buffer may begin anywhere. */
function numbersOf(bytes: Buffer): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer)
}

export function modelOf(row: ModelRow): Model {
  return {
    terms: row.terms,
    labels: row.labels,
    rarity: numbersOf(row.rarity),
    unknown: row.unknown_rarity,
    weights: numbersOf(row.weights),
    offsets: numbersOf(row.offsets),
    sharpness: row.sharpness,
    threshold: row.threshold,
  }
}
