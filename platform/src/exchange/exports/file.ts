import { writeXlsxStream } from 'hucre/xlsx'
import { Readable } from 'node:stream'
import type { Call } from '#access/route.ts'
import { csvValue } from '#kernel/csv.ts'
import { fill } from '#kernel/problem.ts'
import type { ListQuery, RequestSummary } from '#requests/contract.ts'
import en from '#requests/messages/en.json' with { type: 'json' }
import zh from '#requests/messages/zh-CN.json' with { type: 'json' }
import { requestPage } from '#requests/page.ts'
import { wordsIn } from '../words.ts'
import type { ExportRow } from './export-store.ts'

/**
 * EX4: a list of requests as a file: who fetched it, when and what for on top, then the rows as the list on the screen shows
 * them, without the reporter and without anybody's words. Cells are texts, never formulas.
 */

const pageRows = 100

/** A moment on the wall clock of the district. */
const moment = (at: string | null): string =>
  at === null
    ? ''
    : Temporal.Instant.from(at)
        .toZonedDateTimeISO('Asia/Shanghai')
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' })
        .replace('T', ' ')

function cellsOf(one: RequestSummary, language: Call['language']): string[] {
  const words = language === 'en' ? en : zh
  return [
    one.code,
    one.title,
    words.state[one.state],
    one.category?.name ?? '',
    one.urgency === null ? '' : words.urgency[one.urgency],
    words.channel[one.channel],
    one.place,
    moment(one.submittedAt),
    moment(one.dueAt),
    one.overdue ? wordsIn(language).export.yes : '',
    one.holder?.organisation.name ?? '',
    one.satisfaction === null ? '' : words.satisfaction[one.satisfaction],
    String(one.people),
  ]
}

async function* lines(call: Call, one: ExportRow): AsyncGenerator<string[]> {
  const words = wordsIn(call.language).export
  const who = call.actor.kind === 'staff' ? call.actor.name : ''
  yield [fill(words.mark, { who, when: moment(call.now.toString()), id: one.id })]
  yield [fill(words.reason, { reason: one.reason })]
  yield Object.values(words.columns)
  let left = one.rows
  for (let after: string | undefined; left > 0;) {
    const query: ListQuery = {
      ...(one.query as Partial<ListQuery>),
      queue: (one.query['queue'] ?? 'mine') as ListQuery['queue'],
      limit: Math.min(pageRows, left),
      ...(after && { after }),
    }
    const page: Awaited<ReturnType<typeof requestPage>> = await call.again((trx) =>
      requestPage(call, trx, query),
    )
    for (const item of page.items) yield cellsOf(item, call.language)
    left -= page.items.length
    if (page.next === null) return
    after = page.next
  }
}

async function* asCsv(rows: AsyncIterable<string[]>): AsyncGenerator<string> {
  // The mark tells spreadsheets that this is UTF-8.
  yield '\uFEFF'
  for await (const row of rows) yield `${row.map(csvValue).join(',')}\r\n`
}

export function exportFile(call: Call, one: ExportRow): Readable {
  const rows = lines(call, one)
  if (one.format === 'csv') return Readable.from(asCsv(rows))
  const columns = [20, 36, 14, 18, 10, 12, 30, 17, 17, 8, 22, 10, 8].map((width) => ({ width }))
  const stream = writeXlsxStream(rows, {
    name: wordsIn(call.language).export.sheet,
    columns,
    freezePane: { rows: 3 },
  })
  return Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0])
}
