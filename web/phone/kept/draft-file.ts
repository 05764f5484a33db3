import { uploadAttachment } from '#web/api/requests.ts'
import { Unreachable } from '#web/api/problem.ts'
import { keptFile } from './files.ts'
import { onItsWay, passed, stopped, wayOf } from './upload-way.ts'

/** A photo or voice note on its way to the server. */
export type DraftFile = {
  id: string
  kind: 'photo' | 'voice'
  seconds?: number
  /** the server has it */
  sent: boolean
  /** why the server did not take it, in its words */
  refused?: string
}

const running = new Map<string, Promise<void>>()

async function send(id: string): Promise<void> {
  const before = wayOf(id)
  if (before?.share === 1) return
  const kept = await keptFile(id)
  if (!kept) return
  const { kind, blob, name, seconds } = kept
  onItsWay(id)
  try {
    await uploadAttachment(id, kind, blob, name, {
      ...(seconds !== undefined && { seconds }),
      from: before?.received ?? 0,
      onPart: (received) => passed(id, received, blob.size),
    })
    passed(id, blob.size, blob.size)
  } catch (error) {
    stopped(id, error instanceof Unreachable)
    throw error
  }
}

/**
 * Sends one kept file under its own id, from where it stopped; sending it twice is one file, and while it is under way
 * whoever asks again waits for the same. Throws what the client throws.
 */
export function sendFile(id: string): Promise<void> {
  const mine = running.get(id) ?? send(id).finally(() => running.delete(id))
  running.set(id, mine)
  return mine
}

/** How long (ms) after a broken line it is tried again where the browser does not say that the line is back. */
const patience = 15_000

function lineBack(): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      done()
    }
    const timer = setTimeout(end, patience)
    addEventListener('online', end)
  })
}

/**
 * Sends it while the resident goes on writing, and goes on by itself whenever the line is back, until it is there, refused
 * or taken out. Ends without an error unless the server refused it.
 */
export async function sendMeanwhile(id: string): Promise<void> {
  for (;;) {
    try {
      return await sendFile(id)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      await lineBack()
    }
  }
}
