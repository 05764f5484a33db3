import { buildServer } from '#platform/app.ts'
import { systemClock } from '#kernel/clock.ts'
import { loadConfig } from '#kernel/config.ts'
import { openDatabase } from '#kernel/db.ts'
import { clients, saying, startDistrict, unitsUnder } from './district.ts'
import type { District } from './district.ts'
import { must, quantile, rate, rounded } from './load.ts'
import { isSameWork, pgbench, recording, scriptOf } from './replay.ts'
import type { Statement } from './listen.ts'
import type { Figure } from './figure.ts'

/** Residents say something, over HTTP and durably, beside the same SQL sent by pgbench to the same PostgreSQL. */

/** Turns of both, one after the other, so that whatever else the machine does falls on both. */
const turns = 5
const seconds = 8
const mostRecordings = 8

export async function bench(): Promise<Figure[]> {
  const district = await startDistrict()
  try {
    const units = await unitsUnder(district, 'community')
    const unit = () => units[Math.floor(Math.random() * units.length)]!
    const script = await scriptFor(district, units[0]!)
    const ours: number[] = []
    const theirs: number[] = []
    for (let turn = 0; turn < turns; turn += 1) {
      ours.push(
        await rate(clients, seconds, async () => {
          await must(
            district.send('POST', '/api/requests', { body: saying(unit(), { withPhone: true }) }),
            'a submission',
          )
        }),
      )
      const tps = await pgbench(district.urls.app, script, { clients, seconds })
      if (tps !== undefined) theirs.push(tps)
    }
    const figures: Figure[] = [{ name: 'intake', value: rounded(quantile(ours, 0.5)), unit: 'requests/s' }]
    if (theirs.length === 0) return figures
    const ratios = ours.map((own, turn) => own / theirs[turn]!)
    return [
      ...figures,
      { name: 'pgbench', value: rounded(quantile(theirs, 0.5)), unit: 'transactions/s' },
      {
        name: 'intakeToPgbench',
        value: rounded(quantile(ratios, 0.5), 2),
        unit: 'times',
        target: 0.5,
        better: 'higher',
      },
    ]
  } finally {
    await district.close()
  }
}

/** What one submission sends to PostgreSQL, as a script. Our own server runs here for the length of the recording. */
async function scriptFor({ urls, keys, product }: District, path: string): Promise<string> {
  const database = openDatabase(urls.app)
  const config = loadConfig({ CHUANMEN_DATA_DIR: product.dataDir })
  const server = await buildServer({ config, database, keys, clock: systemClock })
  try {
    const submit = async () => {
      const answer = await server.inject({
        method: 'POST',
        url: '/api/requests',
        payload: saying(path, { withPhone: true }),
      })
      if (answer.statusCode !== 201) throw new Error(answer.body)
    }
    // The first one also fills caches.
    await submit()
    // What goes out after the commit, in bundles, belongs to it.
    const whole = async () => {
      await submit()
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
    let before: Statement[] = []
    for (let n = 0; n < mostRecordings; n += 1) {
      const heard = await recording(whole)
      if (isSameWork(before, heard)) return scriptOf(before, heard)
      before = heard
    }
    throw new Error('no two recordings are of the same work')
  } finally {
    await server.close()
    await database.close()
  }
}
