import pg from 'pg'

/** Hears what this process sends to PostgreSQL, without the product knowing. */

export type Statement = { text: string; values: readonly unknown[] }
/** Sends a statement of one's own on the connection that was heard. */
export type Ask = (text: string, values: readonly unknown[]) => Promise<unknown>
type Query = (this: object, ...given: unknown[]) => unknown

/**
 * Calls `before` with every statement that is about to be sent, on the connection that will send it; what it returns is
 * waited for.
 */
export function listen(
  before: (statement: Statement, ask: Ask, connection: object) => void | Promise<void>,
): { stop(): void } {
  const client = pg.Client.prototype as { query: Query }
  const { query } = client
  client.query = function heard(...given) {
    const statement = statementOf(given)
    if (!statement) return query.apply(this, given)
    const ask: Ask = (text, values) => query.call(this, text, values) as Promise<unknown>
    const done = before(statement, ask, this)
    return done ? done.then(() => query.apply(this, given)) : query.apply(this, given)
  }
  return { stop: () => void (client.query = query) }
}

function statementOf([first, values]: readonly unknown[]): Statement | undefined {
  if (typeof first === 'string') return { text: first, values: Array.isArray(values) ? values : [] }
  if (typeof first !== 'object' || first === null || !('text' in first) || typeof first.text !== 'string')
    return undefined
  return { text: first.text, values: 'values' in first && Array.isArray(first.values) ? first.values : [] }
}
