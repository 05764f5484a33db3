import http from 'node:http'
import { performance } from 'node:perf_hooks'

/** A few clients that never rest: each sends its next request as soon as the answer to the one before is there. */

export type Answer = { status: number; text: string; cookie: string | undefined }
export type Send = (
  method: string,
  path: string,
  options?: { token?: string | undefined; body?: unknown; headers?: Record<string, string> },
) => Promise<Answer>

/** A sender on kept-alive connections. Every request comes from an address of its own, as behind a proxy. */
export function sender(url: string, connections: number): Send & { close(): void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(url)
  let caller = 0
  const send: Send = (method, path, { token, body, headers } = {}) =>
    new Promise((resolve, reject) => {
      caller += 1
      const address = `10.${(caller >> 16) & 255}.${(caller >> 8) & 255}.${caller & 255}`
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const request = http.request(
        {
          agent,
          hostname,
          port,
          method,
          path,
          headers: {
            'x-forwarded-for': address,
            ...(payload !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(payload),
            }),
            ...(token && { cookie: `chuanmen_session=${token}` }),
            ...headers,
          },
        },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => (text += chunk))
          response.on('end', () => {
            const cookie = response.headers['set-cookie']?.map(
              (one) => /^chuanmen_session=([^;]+)/.exec(one)?.[1],
            )
            resolve({
              status: response.statusCode ?? 0,
              text,
              cookie: cookie?.find((one) => one !== undefined),
            })
          })
          response.on('error', reject)
        },
      )
      request.on('error', reject)
      request.end(payload)
    })
  return Object.assign(send, { close: () => agent.destroy() })
}

/** Sends and takes the answer apart. @throws when the answer is not of the 200s: a bench of refusals says nothing. */
export async function must<T>(answer: Promise<Answer>, what: string): Promise<T> {
  const { status, text } = await answer
  if (status < 200 || status > 299) throw new Error(`${what}: ${status} ${text.slice(0, 400)}`)
  return JSON.parse(text) as T
}

/** @returns how often `work` was done a second, by that many clients side by side, after a short warm-up. */
export async function rate(
  clients: number,
  seconds: number,
  work: (client: number) => Promise<void>,
): Promise<number> {
  await repeat(clients, Math.min(3, seconds), work)
  const before = performance.now()
  const done = await repeat(clients, seconds, work)
  return (done * 1000) / (performance.now() - before)
}

async function repeat(
  clients: number,
  seconds: number,
  work: (client: number) => Promise<void>,
): Promise<number> {
  const end = performance.now() + seconds * 1000
  let done = 0
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        await work(client)
        done += 1
      }
    }),
  )
  return done
}

/** Milliseconds that `times` runs of `work` took, one after the other; the first few are not counted. */
export async function timings(times: number, work: (run: number) => Promise<void>): Promise<number[]> {
  const taken: number[] = []
  const warm = Math.ceil(times / 10)
  for (let run = 0; run < warm + times; run += 1) {
    const before = performance.now()
    await work(run)
    if (run >= warm) taken.push(performance.now() - before)
  }
  return taken
}

/** The value that `share` of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
}

export const rounded = (value: number, digits = 1) => Math.round(value * 10 ** digits) / 10 ** digits
