import { CompiledQuery, sql } from 'kysely'
import { maskName } from '#access/mask.ts'
import { type Route, route } from '#access/route.ts'
import { pageOf } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { type Language, refuse } from '#kernel/problem.ts'
import {
  auditListSchema,
  auditQuerySchema,
  lookedQuerySchema,
  lookedSchema,
  verificationSchema,
} from './contract.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { type Look, looksAt, page } from './store.ts'
import { type Ask, sentence, verifyLedger } from './verify.ts'

const texts = { 'zh-CN': zh, en }

export function auditRoutes({ keys, dataDir }: { keys: Keys; dataDir: string }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/audit',
      allow: 'audit.read',
      summary: 'The audit ledger, newest first: who did what, when, for which purpose and about what',
      query: auditQuerySchema,
      output: auditListSchema,
      run: async ({ trx }, { query }) => {
        const found = await page(trx, query)
        const { rows: items, next } = pageOf(found, query.limit, ({ at, lane, seq }) => ({
          key: at,
          id: `${lane}-${seq}`,
        }))
        return { items, next }
      },
      audit: ({ query: { after: _, limit: __, ...filters } }, output) => ({
        subjectKind: 'ledger',
        detail: { ...filters, rows: output.items.length },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/audit/verification',
      allow: 'audit.verify',
      summary: 'Recompute every chain of the ledger and compare it with its heads and anchors',
      output: verificationSchema,
      perMinute: 6,
      run: async ({ trx, scope, language }) => {
        // A ledger of millions takes longer than an ordinary statement may.
        await sql`set local statement_timeout = '5min'`.execute(trx)
        const { entries, lanes, findings } = await verifyLedger(asker(trx), scope.district, dataDir, keys)
        return {
          entries,
          lanes,
          broken: findings.map((finding) => ({
            lane: finding.lane,
            seq: finding.seq,
            what: sentence(finding, language),
          })),
        }
      },
      audit: (_, output) => ({
        subjectKind: 'ledger',
        detail: { entries: output.entries, broken: output.broken.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/looked',
      allow: 'looked.read',
      summary: 'Who looked at my data or worked with it, when, for whom and why',
      query: lookedQuerySchema,
      output: lookedSchema,
      run: async ({ trx, actor, language }, { query }) => {
        if (actor.kind !== 'reporter') refuse('access.not_allowed')
        const rows = await looksAt(trx, actor.id, query.after ?? null, query.limit + 1)
        const items = rows.slice(0, query.limit).map(({ name, organisation, ...look }) => ({
          ...look,
          who: maskName(name ?? ''),
          organisation: organisation ?? '',
          what: inWords(look, language),
        }))
        return { items, next: rows.length > query.limit ? (items.at(-1)?.at ?? null) : null }
      },
      audit: (_, output) => ({ subjectKind: 'ledger', detail: { rows: output.items.length } }),
    }),
  ]
}

function asker(trx: Trx): Ask {
  return async <Row>(text: string, values: unknown[]) =>
    (await trx.executeQuery<Row>(CompiledQuery.raw(text, values))).rows
}

function inWords({ action }: Pick<Look, 'action'>, language: Language): string {
  const words: Record<string, string> = texts[language].looked
  return words[action] ?? words[action.split('.')[0] ?? ''] ?? words['other'] ?? action
}
