import { sql } from 'kysely'
import pg from 'pg'

/**
 * Statements that PostgreSQL plans once a connection and not every time: under row security a plan costs more than most
 * statements themselves (measured: half of the server's work for a submission).
 */

type Query = (this: pg.Client, ...given: unknown[]) => unknown

/** Names of statements by their text, the same on every connection; so many at most, because each is kept there. */
const names = new Map<string, string>()
const mostNames = 500

const mark = '/* kept */'

/** Stands first in an ordered or composed statement whose plan is the same for whatever it is asked with. */
export const kept = sql.raw(mark)

/** More ids than these are rare, and each number of them is a text of its own. */
const mostListed = 4

/**
 * Behind a column of ids: whether it is one of these. PostgreSQL never keeps a plan for an array whose length it does not
 * know, because it believes that it would hold ten.
 */
export const among = (ids: readonly string[]) =>
  ids.length > 0 && ids.length <= mostListed
    ? sql`in (${sql.join(ids.map((id) => sql`${id}::uuid`))})`
    : sql`= any (${sql.val(ids)}::uuid[])`

/** Lists are planned by what they ask for: one plan for all filters would be a bad one for most. */
const isWorthKeeping = (text: string) =>
  text.trimStart().startsWith(mark) ||
  (/^\s*(insert|update|delete|select)\b/i.test(text) && !/\border by\b/i.test(text))

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames || !isWorthKeeping(text)) return known
  const name = `s${names.size}`
  names.set(text, name)
  return name
}

/** A connection that prepares the statements it sends again and again. */
export class PreparingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    const query: Query = function query(...given) {
      const send = pg.Client.prototype.query as Query
      const [text, values, ...rest] = given
      const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined
      return name === undefined ? send.apply(this, given) : send.call(this, { name, text, values }, ...rest)
    }
    this.query = query as pg.Client['query']
  }
}
