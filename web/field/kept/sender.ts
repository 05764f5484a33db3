import { type FieldEntry, pushEntries, readFeed, type Result } from '#web/api/field.ts'
import { Refused, Unreachable } from '#web/api/problem.ts'
import { uploadAttachment } from '#web/api/requests.ts'
import { batch, refusedAt, withResult } from './batch.ts'
import { bookNow, dropFile, dropHouseholds, fileBytes, onBook, record, takeOut, takePage } from './book.ts'
import { isUnsent } from './entry.ts'
import { changeLine, lineNow, nothingSending, type Trouble } from './line.ts'
import { heard, keptLock, openedKey, vaultNow, wipe } from './vault.ts'

/**
 * Sends what waits and fetches what is new, in this order, again and again: words, then photos and recordings, then the
 * feed. One tab does it for all (Web Locks). An entry leaves the queue only when its fate is written here; a lost answer is
 * asked for by sending the same again, which the server takes once (platform/src/field/SPEC.md).
 */

/** After so many fruitless tries in a row the pause does not grow any more, ms. */
const pauses = [3_000, 6_000, 15_000, 30_000, 60_000, 120_000] as const
/** While all is well one asks for news so often. */
const idle = 60_000
/** What was taken stays in sight for so long. */
const inSight = 3 * 86_400_000

async function send(device: string): Promise<void> {
  for (;;) {
    const now = batch(bookNow().queue.filter(isUnsent))
    if (now.length === 0 || !openedKey()) return
    changeLine({ sending: new Set(now.map(({ entry }) => entry.id)) })
    try {
      const { results } = await pushEntries(
        device,
        new Date().toISOString(),
        now.map(({ entry }) => entry as FieldEntry),
      )
      const byId = new Map(results.map((result) => [result.id, result]))
      const known = now.filter(({ entry }) => byId.has(entry.id))
      if (known.length === 0) throw new Unreachable(new Error('no results'))
      await record(known.map((one) => withResult(one, byId.get(one.entry.id) as Result)))
    } catch (error) {
      // One that nobody can read is about that entry alone; the others go on without it.
      const wrong = error instanceof Refused ? now[refusedAt(error.problem.field) ?? -1] : undefined
      if (!wrong || !(error instanceof Refused)) throw error
      const { code, title, detail = '', status, field, expected } = error.problem
      const problem = { code, title, detail, status, ...(field && { field }), ...(expected && { expected }) }
      await record([{ ...wrong, problem }])
    } finally {
      nothingSending()
    }
  }
}

async function sendFiles(): Promise<void> {
  for (const one of bookNow().queue) {
    for (const file of one.files) {
      if (file.sent || file.refused || !one.result) continue
      const bytes = await fileBytes(file.id)
      const mark = async (change: Partial<typeof file>) => {
        const latest = bookNow().queue.find(({ entry }) => entry.id === one.entry.id) ?? one
        const files = latest.files.map((other) => (other.id === file.id ? { ...other, ...change } : other))
        await record([{ ...latest, files }])
      }
      if (!bytes) {
        await mark({ sent: true })
        continue
      }
      try {
        await uploadAttachment(file.id, file.kind, new Blob([bytes]), file.name, {
          ...(file.seconds !== undefined && { seconds: file.seconds }),
        })
        await mark({ sent: true })
        await dropFile(file.id)
      } catch (error) {
        if (!(error instanceof Refused) || error.problem.status === 401 || error.problem.status === 429)
          throw error
        await mark({ refused: error.problem.detail ?? error.problem.title })
      }
    }
  }
}

async function fetchNews(device: string): Promise<void> {
  changeLine({ fetching: true })
  try {
    for (;;) {
      const lock = await keptLock()
      if (!lock || !openedKey()) return
      const page = await readFeed(device, lock.cursor)
      await takePage(page)
      if (!page.more) break
    }
    await heard()
    changeLine({ freshAt: new Date().toISOString() })
  } finally {
    changeLine({ fetching: false })
  }
}

/** What was taken some days ago and is complete leaves the phone. */
async function tidy(): Promise<void> {
  const before = Date.now() - inSight
  const old = bookNow().queue.filter(
    ({ state, entry, files }) =>
      state === 'covered' &&
      Date.parse(entry.deviceAt) < before &&
      files.every((file) => file.sent || file.refused),
  )
  if (old.length > 0) await takeOut(old.map(({ entry }) => entry.id))
}

/**
 * The duty has ended, or the phone was reported lost: the households go at once. What was never sent goes to the server, which
 * keeps it for the desk (FD10); when it is there, everything else goes too. Without a line that is tried again later.
 */
async function withdrawn(device: string): Promise<void> {
  await dropHouseholds()
  await send(device)
  await sendFiles()
  await wipe('withdrawn')
}

/** What a failed round says about the line. */
function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Refused)) return 'silent'
  return error.problem.status === 401 ? 'login' : 'busy'
}

async function round(): Promise<boolean> {
  const vault = vaultNow()
  if (vault.kind !== 'open' || !bookNow().ready) return true
  const { device } = vault
  try {
    await send(device)
    await sendFiles()
    await fetchNews(device)
    await tidy()
    changeLine({ trouble: null, triedAt: new Date().toISOString() })
    return true
  } catch (error) {
    if (vaultNow().kind !== 'open') return true
    if (error instanceof Refused && error.problem.code === 'field.withdrawn')
      return withdrawn(device).then(
        () => true,
        () => false,
      )
    changeLine({ trouble: troubleOf(error), triedAt: new Date().toISOString() })
    if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error
    return false
  }
}

let wake: () => void = () => undefined
/** Asked for while a round was under way; another follows at once. */
let asked = false

/** Tries at once: something new to send, the line came back, the person asks for it. */
export function tryNow(): void {
  asked = true
  wake()
}

/** Runs until stopped, in one tab at a time. */
export function keepSending(): () => void {
  const end = new AbortController()
  const loop = async () => {
    let failed = 0
    while (!end.signal.aborted) {
      asked = false
      const well = await round().catch(() => false)
      failed = well ? 0 : failed + 1
      if (asked) continue
      const pause = well ? idle : (pauses[Math.min(failed, pauses.length) - 1] ?? idle)
      await new Promise<void>((done) => {
        const timer = setTimeout(done, pause)
        wake = () => {
          clearTimeout(timer)
          done()
        }
      })
    }
  }
  const locks = (navigator as Partial<Navigator>).locks
  const run = locks ? locks.request('chuanmen-field-sender', { signal: end.signal }, loop) : loop()
  // Given up before it was this tab's turn.
  run.catch(() => undefined)
  const poke = () => {
    if (document.visibilityState === 'visible') tryNow()
  }
  // New in the queue, or opened just now: not a moment is waited.
  let waiting = 0
  const stopBook = onBook(() => {
    const now = bookNow().queue.filter(isUnsent).length
    if ((now > waiting || !lineNow().freshAt) && lineNow().sending.size === 0 && !lineNow().fetching) tryNow()
    waiting = now
  })
  addEventListener('online', poke)
  document.addEventListener('visibilitychange', poke)
  return () => {
    end.abort()
    tryNow()
    stopBook()
    removeEventListener('online', poke)
    document.removeEventListener('visibilitychange', poke)
  }
}
