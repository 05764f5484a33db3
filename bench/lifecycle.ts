import { uuidv7 } from '#kernel/ids.ts'
import { organisationOf, saying, startDistrict, unitsUnder } from './district.ts'
import type { District } from './district.ts'
import { grow } from './grow.ts'
import { must, quantile, rate, rounded } from './load.ts'
import type { Figure } from './figure.ts'

/**
 * The whole way of a request over HTTP: said, accepted, assigned, taken, answered, confirmed, and found again by its code;
 * in a ledger of a million requests and in an empty one. eGov DIGIT publishes 6.3 and 37 such steps a second.
 */

const walkers = 8
const seconds = 10
const turns = 3
const stored = { small: 100_000, district: 1_000_000 }
/** A session may make 300 calls of a kind a minute; nobody's real day comes near it. */
const sessionsEach = 4

export async function bench({ scale }: { scale: string }): Promise<Figure[]> {
  const district = await startDistrict()
  try {
    const walk = await makeWalk(district)
    const full = scale === 'small' ? stored.small : stored.district
    await grow(district.ownerUrl, full, (done) => process.stderr.write(`\r${done} of ${full} requests`))
    process.stderr.write('\n')
    const atFull = await measure(walk)
    await district.asOwner('truncate service_request, reporter cascade')
    await district.asOwner('analyze')
    const empty = await measure(walk)
    return [
      { name: 'stored', value: full, unit: 'requests' },
      {
        name: 'stepsFull',
        value: rounded(atFull * stepsOfWalk),
        unit: 'steps/s',
        target: 60,
        better: 'higher',
      },
      { name: 'stepsEmpty', value: rounded(empty * stepsOfWalk), unit: 'steps/s' },
      { name: 'walksFull', value: rounded(atFull), unit: 'whole ways/s' },
      {
        name: 'fullToEmpty',
        value: rounded(atFull / empty, 2),
        unit: 'times',
        target: 0.8,
        better: 'higher',
      },
    ]
  } finally {
    await district.close()
  }
}

/** The middle one of several turns, in whole ways a second. */
async function measure(walk: (walker: number) => Promise<void>): Promise<number> {
  const rates: number[] = []
  for (let turn = 0; turn < turns; turn += 1) rates.push(await rate(walkers, seconds, walk))
  return quantile(rates, 0.5)
}

const stepsOfWalk = 7

async function makeWalk(district: District): Promise<(walker: number) => Promise<void>> {
  const { send } = district
  const units = await unitsUnder(district, 'community')
  const firm = await organisationOf(district, 'property')
  const sessions = async (login: string) => {
    const tokens: string[] = []
    for (let n = 0; n < walkers * sessionsEach; n += 1) tokens.push(await district.logIn(login))
    return tokens
  }
  const desks = await sessions('community')
  const firms = await sessions('property')
  let walked = 0
  return async () => {
    walked += 1
    const desk = desks[walked % desks.length]
    const handler = firms[walked % firms.length]
    const said = saying(units[walked % units.length]!, { withPhone: false })
    const enter = (token: string | undefined, entry: Record<string, unknown>) =>
      must(
        send('POST', `/api/requests/${said.id}/entries`, {
          token,
          body: { id: uuidv7(Temporal.Now.instant()), ...entry },
        }),
        String(entry['kind']),
      )
    const answer = await send('POST', '/api/requests', { body: said })
    const { code } = await must<{ code: string }>(Promise.resolve(answer), 'submit')
    await enter(desk, { kind: 'accept', category: 'B03', urgency: 'by_date', points: [] })
    await enter(desk, { kind: 'assign', lead: { organisation: firm } })
    await enter(handler, { kind: 'take' })
    await enter(handler, { kind: 'answer', words: said.words, points: [{ index: 0, open: false }] })
    await enter(answer.cookie, { kind: 'confirm', satisfaction: 'satisfied' })
    const found = await must<{ items: { code: string }[] }>(
      send('GET', `/api/requests?queue=all&code=${code}`, { token: desk }),
      'find',
    )
    if (found.items[0]?.code !== code) throw new Error(`${code} was not found again`)
  }
}
