import type { Carried } from '#access/carrier.ts'

/** What became of a call to somebody else's server, in the words of a carrier. Shared by web push and robots. */

/** Enough of an answer to say why; the rest is not read. */
const mostAnswer = 4_000

/** Errors by which no connection was made: nothing can have been taken. */
const notReached: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** The origin of an address, as the installation lists it. */
export function originOf(url: string): string {
  return URL.parse(url)?.origin ?? ''
}

export type Posting = {
  url: string
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer>
  /** Milliseconds until a server that hangs is given up. */
  patience: number
}

export type Posted = { answered: Response; said: string } | { carried: Carried }

/** Posts, follows no redirect, and reads a little of the answer. */
export async function post({ url, headers, body, patience }: Posting): Promise<Posted> {
  try {
    const answered = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    })
    return { answered, said: (await answered.text()).slice(0, mostAnswer) }
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code
    // One that took the call and then hung may have taken the message with it.
    return {
      carried: {
        ok: false,
        reason: cause ?? (error as Error).name,
        again: notReached.has(cause) ? 'later' : 'unknown',
      },
    }
  }
}

/** Out of order or overloaded: the server says itself that it did not take it. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429
}

/** Seconds a server asks to be left alone (Retry-After in seconds; a date is rare and left to our own patience). */
export function askedPatience(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after') ?? '')
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 0
}
