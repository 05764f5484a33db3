import words from './data/desk-words.json' with { type: 'json' }
import { startDistrict } from './district.ts'
import type { District } from './district.ts'
import { grow } from './grow.ts'
import { must, quantile, rounded, timings } from './load.ts'
import { withoutIndex } from './plans.ts'
import type { Call } from './plans.ts'
import type { Figure } from './figure.ts'

/**
 * A desk officer's day over HTTP, one call after the other: the queue, its filters, search, one case page; at fifty
 * thousand stored requests and at five million. Every query's plan is looked at on the way, at a million.
 */

const sizes: Record<string, readonly number[]> = {
  small: [50_000, 200_000, 500_000],
  million: [50_000, 1_000_000, 1_000_000],
  district: [50_000, 1_000_000, 5_000_000],
}
const runs = 150
const desks = ['community', 'subdistrict', 'district'] as const

/** What is asked for, by a name for the table; words are searched that many say and that few say. */
const questions: Record<string, string[]> = {
  queue: ['?queue=mine', '?queue=watching', '?queue=all'],
  filter: [
    '?queue=all&state=answered',
    '?queue=all&category=B03',
    '?queue=all&overdue=true',
    '?queue=all&channel=visit&group=B',
    '?queue=mine&state=submitted',
  ],
  code: ['?queue=all&code=GY-26'],
  search: words.map((q) => `/search?limit=40&q=${encodeURIComponent(q)}`),
  searchFiltered: words.map((q) => `/search?limit=40&queue=mine&q=${encodeURIComponent(q)}`),
}

export async function bench({ scale }: { scale: string }): Promise<Figure[]> {
  const district = await startDistrict()
  try {
    const [few = 0, middle = 0, many = 0] = sizes[scale] ?? sizes['small']!
    const sessions = await Promise.all(
      desks.map(async (login) => {
        const tokens: string[] = []
        for (let n = 0; n < 12; n += 1) tokens.push(await district.logIn(login))
        return { login, tokens }
      }),
    )
    const to = async (size: number) => {
      await grow(district.ownerUrl, size, (done) => process.stderr.write(`\r${done} of ${size} requests`))
      process.stderr.write('\n')
    }
    await to(few)
    const before = await measure(district, sessions)
    await to(middle)
    const unindexed = await withoutIndex(district, await everyCall(district, sessions))
    for (const line of unindexed) process.stderr.write(`${line}\n`)
    await to(many)
    const after = await measure(district, sessions)
    return [
      { name: 'few', value: few, unit: 'requests' },
      { name: 'many', value: many, unit: 'requests' },
      { name: 'withoutIndex', value: unindexed.length, unit: 'queries', target: 0 },
      ...Object.keys(before).flatMap((name): Figure[] => {
        const [low, high] = [quantile(before[name]!, 0.95), quantile(after[name]!, 0.95)]
        return [
          { name: `${name}Few`, value: rounded(low), unit: 'ms p95' },
          { name: `${name}Many`, value: rounded(high), unit: 'ms p95' },
          { name: `${name}Ratio`, value: rounded(high / low, 2), unit: 'times', target: 1.5 },
        ]
      }),
    ]
  } finally {
    await district.close()
  }
}

type Sessions = readonly { login: string; tokens: readonly string[] }[]

/** Milliseconds of each kind of question, by all desks together, and of `all` of them. */
async function measure(district: District, sessions: Sessions): Promise<Record<string, number[]>> {
  const taken: Record<string, number[]> = {}
  const ask = (path: string, token: string | undefined) =>
    must<{ items: { id: string }[] }>(district.send('GET', path, { token }), path)
  for (const [name, paths] of Object.entries(questions)) {
    taken[name] = (
      await Promise.all(
        sessions.map(({ tokens }) =>
          timings(Math.ceil(runs / sessions.length), async (run) => {
            await ask(`/api/requests${paths[run % paths.length]}`, tokens[run % tokens.length])
          }),
        ),
      )
    ).flat()
  }
  taken['case'] = []
  for (const { tokens } of sessions) {
    const { items } = await ask('/api/requests?queue=all&limit=100', tokens[0])
    taken['case'].push(
      ...(await timings(Math.ceil(runs / sessions.length), async (run) => {
        await ask(`/api/requests/${items[run % items.length]!.id}`, tokens[run % tokens.length])
      })),
    )
  }
  return { ...taken, all: Object.values(taken).flat() }
}

async function everyCall(district: District, sessions: Sessions): Promise<Call[]> {
  const calls: Call[] = []
  for (const { tokens } of sessions) {
    const token = tokens[0]
    const list = Object.values(questions).flat()
    calls.push(...list.map((query) => ({ method: 'GET', path: `/api/requests${query}`, token })))
    const { items } = await must<{ items: { id: string }[] }>(
      district.send('GET', '/api/requests?queue=all', { token }),
      'a list',
    )
    calls.push({ method: 'GET', path: `/api/requests/${items[0]!.id}`, token })
    calls.push({ method: 'GET', path: `/api/requests/${items[0]!.id}/handlers`, token })
  }
  return calls
}
