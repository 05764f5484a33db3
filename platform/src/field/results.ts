import type { Trx } from '#kernel/db.ts'
import { problemDocument } from '#kernel/problem.ts'
import type { Language } from '#kernel/problem.ts'
import { briefsOf } from '#requests/briefs.ts'
import type { Result } from './contract.ts'
import type { StoredEntry } from './entry-store.ts'
import { filesOf } from './file-store.ts'

/** What became of entries, as phone and desk read it; two queries however many there are. */
export async function resultsOf(
  trx: Trx,
  entries: readonly StoredEntry[],
  language: Language,
): Promise<Result[]> {
  const files = await filesOf(
    trx,
    entries.map(({ id }) => id),
  )
  const codes = new Map(
    (
      await briefsOf(
        trx,
        entries.flatMap(({ requests }) => requests),
      )
    ).map(({ id, code }) => [id, code]),
  )
  return entries.map((entry) => resultOf(entry, { files: files.get(entry.id) ?? [], codes, language }))
}

/** One entry's result. */
function resultOf(
  entry: StoredEntry,
  {
    files,
    codes,
    language,
  }: { files: Result['files']; codes: ReadonlyMap<string, string>; language: Language },
): Result {
  const { id, kind, seq, fate, household, deviceAt, madeAt, receivedAt, contested, mendedBy } = entry
  return {
    id,
    kind,
    seq,
    fate,
    household,
    deviceAt,
    madeAt,
    receivedAt,
    problem: entry.problem && problemOf(entry.problem, language),
    contested,
    requests: entry.requests.flatMap((request) => {
      const code = codes.get(request)
      return code === undefined ? [] : [{ id: request, code }]
    }),
    files,
    mendedBy,
  }
}

/** Why an entry was refused, in the reader's language. */
export function problemOf(
  { code, details }: NonNullable<StoredEntry['problem']>,
  language: Language,
): NonNullable<Result['problem']> {
  const { title, detail, status } = problemDocument(code, details, language, '')
  return {
    code,
    title,
    detail,
    status,
    ...(details.field && { field: details.field }),
    ...(details.expected && { expected: details.expected }),
  }
}
