import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { join } from '#kernel/installation.ts'
import type { Installation } from '#kernel/installation.ts'
import { loadConfig } from '#kernel/config.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { startProduct } from '#tests/faults/product.ts'
import type { Product } from '#tests/faults/product.ts'
import { demoAccounts } from '#demo/accounts.ts'
import { sender } from './load.ts'
import type { Send } from './load.ts'
import lighting from '#demo/data/stories/B.json' with { type: 'json' }

/** The product with the demo district, as an operator starts it, and people who are logged in. */

export type District = {
  product: Product
  send: Send
  ownerUrl: string
  urls: Installation['urls']
  keys: Installation['keys']
  /** A session of a demo account; each of several counts as a browser of its own. */
  logIn(login: string): Promise<string>
  /** As the owner of the tables, who sees everything. */
  asOwner<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** Sixteen clients: more than the two cores can serve at once, as on a Monday morning. */
export const clients = 16

export async function startDistrict(size: 'subdistrict' | 'district' = 'district'): Promise<District> {
  const environment = { CHUANMEN_DEMO: size, CHUANMEN_TRUSTED_PROXY: '127.0.0.1' }
  const product = await startProduct(environment)
  const config = loadConfig({ ...environment, CHUANMEN_DATA_DIR: product.dataDir })
  const { urls, keys } = await join(config)
  const send = sender(product.url, 2 * clients)
  await atRest(urls.owner)
  const passwords = new Map(demoAccounts().map(({ login, password }) => [login, password]))
  return {
    product,
    send,
    ownerUrl: urls.owner,
    urls,
    keys,
    async logIn(login) {
      const answer = await send('POST', '/api/sessions', { body: { login, password: passwords.get(login) } })
      if (!answer.cookie) throw new Error(`${login} could not log in: ${answer.text}`)
      return answer.cookie
    },
    async asOwner(text, values = []) {
      const client = new pg.Client({ connectionString: urls.owner })
      await client.connect()
      try {
        return (await client.query(text, values)).rows
      } finally {
        await client.end()
      }
    },
    async close() {
      send.close()
      await product.stop()
      product.remove()
    },
  }
}

/** What residents say, out of the demo's own stories, without the places in them. */
export const sayings = Object.values(lighting).flatMap(({ tales }) =>
  tales.map(({ words }) => words.replace(/\{\w+\}/g, '')),
)

/** What somebody says on the phone page; with a number that nobody else has, or as a browser without one. */
export function saying(path: string, options: { withPhone: boolean }) {
  const now = Temporal.Now.instant()
  const digits = Math.floor(Math.random() * 1e8)
    .toString()
    .padStart(8, '0')
  return {
    id: uuidv7(now),
    words: sayings[Math.floor(Math.random() * sayings.length)]!,
    path,
    reporter: { id: uuidv7(now), ...(options.withPhone && { phone: `100${digits}` }) },
  }
}

/** The organisation a demo account acts for. */
export async function organisationOf(district: District, login: string): Promise<string> {
  const rows = await district.asOwner<{ organisation: string }>(
    `select p.organisation_id as organisation from person c
     join post p on p.district_code = c.district_code and p.person_id = c.id where c.login = $1`,
    [login],
  )
  return rows[0]!.organisation
}

/** Paths of units under an area, in which residents speak. */
export async function unitsUnder(district: District, login: string): Promise<string[]> {
  const rows = await district.asOwner<{ path: string }>(
    `select a.path from area a, person c join post p on p.district_code = c.district_code and p.person_id = c.id
     where c.login = $1 and a.kind = 'unit' and a.path >= p.path and a.path < p.path || '~' order by a.path limit 500`,
    [login],
  )
  return rows.map(({ path }) => path)
}

const restsWithinMs = 120_000

/** Until the worker has nothing in hand: just loaded, it learns suggestions, which would take one of two cores from what is measured. */
async function atRest(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const from = performance.now(); ; await setTimeout(200)) {
      const { rows } = await client.query(
        'select task_identifier from graphile_worker.jobs where run_at <= now()',
      )
      if (rows.length === 0) return
      if (performance.now() - from > restsWithinMs) throw new Error(`still at work: ${JSON.stringify(rows)}`)
    }
  } finally {
    await client.end()
  }
}
