import type { Call } from '#access/route.ts'
import { pageOf, readCursor, isInstant } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { enqueue } from '#kernel/enqueue.ts'
import type { Files } from '#kernel/files.ts'
import type { Keys } from '#kernel/keys.ts'
import { keepPart, receivedOf } from '#kernel/parts.ts'
import { refuse } from '#kernel/problem.ts'
import { placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import type { ErrorsQuery, ImportState, ImportView, MappingInput, NewImport } from './contract.ts'
import { mostPartBytes } from './contract.ts'
import { fieldsOf, forbiddenBy, mappingFaults } from './fields.ts'
import type { Field } from './fields.ts'
import { coverOf, dropFile, folderOf } from './file.ts'
import * as store from './import-store.ts'
import type { ErrorRow, ImportRecord } from './import-store.ts'
import { fingerprint } from './inspect.ts'
import * as register from './register-store.ts'
import { importTask } from './run.ts'
import { keptCount, keptRecords } from './undo-store.ts'
import { instantText } from './work.ts'
import { cellName, reasonOf } from './words.ts'

/** Bringing in a register, from the first part of the file to taking it all back. The work itself is the worker's. */

export type Deps = { files: Files; keys: Keys }

const noTally = { added: 0, changed: 0, same: 0 }

async function views(
  trx: Trx,
  found: readonly ImportRecord[],
  received: number | null = null,
): Promise<ImportView[]> {
  const places = await placeOf(
    trx,
    found.map(({ path }) => path),
  )
  const names = await personNames(
    trx,
    found.map(({ by }) => by),
  )
  const kept = await keptCount(
    trx,
    found.filter(({ state }) => state === 'undone').map(({ id }) => id),
  )
  return found.map((one) => ({
    id: one.id,
    kind: one.kind,
    path: one.path,
    place: places.get(one.path) ?? '',
    by: names.get(one.by)?.name ?? '',
    fileName: one.fileName,
    bytes: one.bytes,
    received: one.state === 'uploading' ? (received ?? 0) : one.bytes,
    state: one.state as ImportState,
    sheets: one.shape?.sheets ?? [],
    sheet: one.sheet,
    columns: (one.header ?? []).map((header, at) => ({
      header,
      field: one.mapping?.[at] ?? null,
      forbidden: forbiddenBy(one.kind, header),
      samples: (one.sample ?? []).map((row) => row[at] ?? ''),
    })),
    remembered: one.counts.remembered === true,
    mode: one.mode,
    rowsDone: one.rowsDone,
    rowsTotal: one.rowsTotal,
    households: one.counts.households ?? noTally,
    residents: one.counts.residents ?? noTally,
    care: one.counts.care ?? 0,
    badRows: one.counts.badRows ?? 0,
    errors: Object.values(one.errorKinds).reduce((sum, count) => sum + count, 0),
    errorKinds: Object.entries(one.errorKinds)
      .map(([code, count]) => ({ code: code as ImportView['errorKinds'][number]['code'], count }))
      .toSorted((a, b) => b.count - a.count),
    fault: one.fault as ImportView['fault'],
    kept: kept.get(one.id) ?? 0,
    createdAt: one.createdAt,
    appliedAt: one.appliedAt,
    undoneAt: one.undoneAt,
    purged: one.purgedAt !== null,
    version: one.version,
  }))
}

async function viewOf(trx: Trx, id: string, files?: Files): Promise<ImportView> {
  const one = (await store.importById(trx, id)) ?? refuse('record.not_found')
  const received = files && one.state === 'uploading' ? await receivedOf(files, folderOf(id)) : null
  const [view] = await views(trx, [one], received)
  return view ?? refuse('record.not_found')
}

const makerOf = ({ actor }: Call): string =>
  actor.kind === 'staff' ? actor.id : refuse('access.not_allowed')

/** IM1: begins an import; the same id is one import, whose upload goes on where it stopped. */
export async function begin({ files }: Deps, call: Call, given: NewImport): Promise<ImportView> {
  const { trx, scope, now } = call
  if (!scope.paths.some((path) => given.path.startsWith(path)))
    refuse('record.invalid_reference', { field: 'body.path' })
  await store.addImport(trx, { ...given, by: makerOf(call) }, instantText(now))
  const known = (await store.importById(trx, given.id)) ?? refuse('id_taken', { field: 'body.id' })
  if (known.bytes !== given.bytes || known.fileName !== given.fileName || known.kind !== given.kind)
    refuse('id_taken', { field: 'body.id' })
  return viewOf(trx, given.id, files)
}

/** IM1: takes one part; with the last one the file is looked at. */
export async function takePart(
  { files, keys }: Deps,
  { trx, now, upload, scope }: Call,
  id: string,
  at: number,
): Promise<ImportView> {
  const one = (await store.lockImport(trx, id)) ?? refuse('record.not_found')
  if (one.state !== 'uploading') return viewOf(trx, id)
  const bytes = upload?.bytes ?? refuse('attachment.cut_off', { field: 'file' })
  if (bytes.length === 0 || bytes.length > mostPartBytes || at + bytes.length > one.bytes)
    refuse('attachment.part_misplaced', { field: 'body.at', params: { whole: one.bytes } })
  const received = await keepPart(files, folderOf(id), { at, bytes }, coverOf(keys))
  if (received < one.bytes) return viewOf(trx, id, files)
  await store.patchImport(trx, id, { state: 'reading' }, instantText(now))
  await enqueue(trx, importTask, { district: scope.district, id })
  return viewOf(trx, id)
}

/** An import in one of these states, at the version that was seen, held until the transaction ends. */
async function standing(
  { trx, version }: Call,
  id: string,
  states: readonly ImportState[],
): Promise<ImportRecord> {
  const one = (await store.lockImport(trx, id)) ?? refuse('record.not_found')
  if (one.version !== version) refuse('changed_meanwhile')
  if (!states.includes(one.state as ImportState)) refuse('import.not_in_this_state')
  if (one.purgedAt !== null) refuse('import.purged')
  return one
}

/** IM3: tells what the columns hold, and is remembered for the next file of the same form; or names another sheet. */
export async function tellMapping(call: Call, id: string, given: MappingInput): Promise<ImportView> {
  const { trx, now, scope } = call
  const one = await standing(call, id, ['mapping', 'checked'])
  const at = instantText(now)
  if (given.sheet !== null && given.sheet !== one.sheet) {
    if (!one.shape?.sheets?.includes(given.sheet)) refuse('record.invalid_reference', { field: 'body.sheet' })
    await store.patchImport(trx, id, { state: 'reading', sheet: given.sheet, mapping: null }, at)
  } else {
    const header = one.header ?? []
    const mapping = given.mapping ?? refuse('input.invalid', { field: 'body.mapping', params: { count: 1 } })
    const known: readonly (string | null)[] = [...fieldsOf(one.kind), null]
    if (mapping.length !== header.length || mapping.some((field) => !known.includes(field)))
      refuse('input.invalid', { field: 'body.mapping', params: { count: 1 } })
    const [fault] = mappingFaults(one.kind, header, mapping as (Field | null)[])
    if (fault)
      refuse(`import.mapping_${fault.fault}`, { field: 'body.mapping', params: { field: fault.field } })
    await store.rememberMapping(
      trx,
      { kind: one.kind, fingerprint: fingerprint(one.kind, header), mapping, by: makerOf(call) },
      at,
    )
    await store.patchImport(
      trx,
      id,
      {
        state: 'checking',
        mapping,
        mode: null,
        rows_done: 0,
        rows_total: null,
        counts: { remembered: one.counts.remembered ?? false },
        error_kinds: {},
        fault: null,
      },
      at,
    )
  }
  await enqueue(trx, importTask, { district: scope.district, id })
  return viewOf(trx, id)
}

/** IM6: writes it, everything or nothing, or the good rows only. */
export async function applyImport(call: Call, id: string, mode: 'all' | 'good'): Promise<ImportView> {
  const { trx, now, scope } = call
  const one = await standing(call, id, ['checked'])
  if (mode === 'all' && (one.counts.badRows ?? 0) > 0)
    refuse('import.has_errors', { params: { count: one.counts.badRows ?? 0 } })
  await store.patchImport(trx, id, { state: 'applying', mode, rows_done: 0, fault: null }, instantText(now))
  await enqueue(trx, importTask, { district: scope.district, id })
  return viewOf(trx, id)
}

/** IM8: takes the whole import back. */
export async function undoImport(call: Call, id: string): Promise<ImportView> {
  const { trx, now, scope, version } = call
  const one = (await store.lockImport(trx, id)) ?? refuse('record.not_found')
  if (one.version !== version) refuse('changed_meanwhile')
  if (one.state !== 'applied') refuse('import.not_in_this_state')
  await store.patchImport(
    trx,
    id,
    { state: 'undoing', undone_by_person_id: makerOf(call), rows_done: 0 },
    instantText(now),
  )
  await enqueue(trx, importTask, { district: scope.district, id })
  return viewOf(trx, id)
}

/** Gives an import up before anything was written: the file and all that was read of it go. */
export async function cancelImport({ files }: Deps, call: Call, id: string): Promise<ImportView> {
  const { trx, now } = call
  const one = (await store.lockImport(trx, id)) ?? refuse('record.not_found')
  if (one.state === 'cancelled') return viewOf(trx, id)
  if (one.version !== call.version) refuse('changed_meanwhile')
  if (!['uploading', 'mapping', 'checked', 'failed'].includes(one.state)) refuse('import.not_in_this_state')
  await dropFile(files, id)
  await register.dropStaged(trx, id)
  await store.dropErrors(trx, id)
  const at = instantText(now)
  await store.patchImport(trx, id, { state: 'cancelled', purged_at: at }, at)
  return viewOf(trx, id)
}

export async function importOf({ files }: Deps, { trx }: Call, id: string): Promise<ImportView> {
  return viewOf(trx, id, files)
}

export async function imports({ trx }: Call, query: { after?: string | undefined; limit: number }) {
  const after = query.after ? readCursor(query.after, isInstant) : null
  const { rows, next } = pageOf(
    await store.importPage(trx, after, query.limit),
    query.limit,
    ({ createdAt, id }) => ({
      key: createdAt,
      id,
    }),
  )
  return { items: await views(trx, rows), next }
}

/** IM5: what is wrong, cell by cell. */
export async function errorsOf({ trx, language }: Call, id: string, query: ErrorsQuery) {
  const one = (await store.importById(trx, id)) ?? refuse('record.not_found')
  const rows = await store.errorPage(trx, id, {
    code: query.code,
    after: positionOf(query.after),
    limit: query.limit,
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ row, col, code, params, shown }) => ({
      row,
      cell: col < 0 ? String(row) : cellName(row, col),
      header: one.header?.[col] ?? '',
      shown,
      code: code as ImportView['errorKinds'][number]['code'],
      reason: reasonOf(language, code, params),
    })),
    next: rows.length > query.limit && last ? `${last.row}.${last.col}.${last.code}` : null,
  }
}

function positionOf(after: string | undefined): ErrorRow | null {
  const [, row, col, code] = /^(\d+)\.(-?\d+)\.(.+)$/.exec(after ?? '') ?? []
  return code === undefined ? null : { row: Number(row), col: Number(col), code, params: {}, shown: '' }
}

/** Every error of an import, read a page at a time. */
export async function* allErrors({ again }: Call, id: string): AsyncGenerator<ErrorRow> {
  for (let after: ErrorRow | null = null; ;) {
    const from: ErrorRow | null = after
    const page: ErrorRow[] = await again((trx) => store.errorPage(trx, id, { after: from, limit: 1_000 }))
    yield* page.slice(0, 1_000)
    if (page.length <= 1_000) return
    after = page[999] ?? null
  }
}

export async function importForSheet({ trx }: Call, id: string): Promise<ImportRecord> {
  const one = (await store.importById(trx, id)) ?? refuse('record.not_found')
  if (one.purgedAt !== null || one.header === null) refuse('import.purged')
  return one
}

/** What an undo left as it is, because somebody changed it since. */
export async function keptOf({ trx }: Call, id: string) {
  const found = await keptRecords(trx, id, 200)
  const places = await placeOf(
    trx,
    found.map(({ path }) => path),
  )
  return { items: found.map(({ id, path }) => ({ id, place: places.get(path) ?? '' })) }
}
