import { type ProblemDocument, Refused, Unreachable } from './problem.ts'

type Sending = {
  query?: Record<string, string | number | boolean | undefined>
  body?: unknown
  signal?: AbortSignal
  /** The version that was read; the server refuses with `changed_meanwhile` when there is a newer one. */
  ifMatch?: number
  /** How often to try again when no answer came. Reads and everything with a client-made id may be sent again. */
  again?: number
}

/** Statuses that mean "not now": the request itself was never judged. */
const notNow = new Set([502, 503, 504])
const patience = 20_000

function address(path: string, query: Sending['query']): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) search.set(name, String(value))
  return search.size > 0 ? `${path}?${search}` : path
}

async function problemOf(response: Response): Promise<ProblemDocument> {
  const known = response.headers.get('content-type')?.includes('json')
  const document: unknown = known ? await response.json().catch(() => null) : null
  if (document && typeof document === 'object' && 'code' in document) return document as ProblemDocument
  return { code: 'unexpected', title: response.statusText, status: response.status }
}

let learnTime: (serverMs: number) => void = () => undefined

/** Lets the door's clock follow the server's: called with the `Date` of every answer. */
export function onServerTime(learn: (serverMs: number) => void): void {
  learnTime = learn
}

/** Ends when the caller gives up or patience runs out. Old phones know neither `AbortSignal.any` nor `.timeout`. */
function patient(signal: AbortSignal | undefined): { signal: AbortSignal; done: () => void } {
  const both = new AbortController()
  const stop = () => both.abort()
  const timer = setTimeout(stop, patience)
  signal?.addEventListener('abort', stop)
  const done = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
  return { signal: both.signal, done }
}

async function once(
  method: string,
  path: string,
  { query, body, signal, ifMatch }: Sending,
): Promise<Response> {
  const form = body instanceof FormData
  const limit = patient(signal)
  try {
    const response = await fetch(address(path, query), {
      method,
      credentials: 'same-origin',
      signal: limit.signal,
      headers: {
        accept: 'application/json',
        'accept-language': document.documentElement.lang,
        ...(body !== undefined && !form && { 'content-type': 'application/json' }),
        ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    })
    if (notNow.has(response.status)) throw new Error(String(response.status))
    return response
  } finally {
    limit.done()
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}

/**
 * One call of the API. Answers come back as the contract's type; a problem document is thrown as `Refused`, silence as
 * `Unreachable` after the tries allowed. The server has judged the input by the same contract, so it is not parsed again.
 */
export async function call<Out>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  sending: Sending = {},
): Promise<Out> {
  const tries = 1 + (sending.again ?? (method === 'GET' ? 1 : 0))
  for (let attempt = 1; ; attempt += 1) {
    let response: Response
    try {
      response = await once(method, path, sending)
    } catch (cause) {
      if (sending.signal?.aborted || attempt >= tries) throw new Unreachable(cause)
      await pause(400 * 2 ** attempt)
      continue
    }
    learnTime(Date.parse(response.headers.get('date') ?? ''))
    if (!response.ok) throw new Refused(await problemOf(response))
    return (response.status === 204 ? undefined : await response.json()) as Out
  }
}
