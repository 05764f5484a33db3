import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { householdSchema } from './contract.ts'
import { makerOf } from './edits.ts'
import {
  historySchema,
  lifeEventSchema,
  moveInSchema,
  stayQuerySchema,
  staysSchema,
  undoSchema,
} from './life-contract.ts'
import { historyOf, live, moveIn, staysAt, undo } from './life.ts'
import { householdOf, readerOf } from './register.ts'
import type { PersonNames } from './register.ts'

const byId = z.object({ id: z.uuid().describe('Household') })
const dwelling = z.object({ id: z.uuid().describe('Dwelling') })
const entry = byId.extend({ entry: z.uuid().describe('Entry that is taken back') })

export function lifeRoutes(deps: { keys: Keys; names: PersonNames }): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/households',
      allow: 'household.edit',
      summary: 'A household moves in behind a door',
      body: moveInSchema,
      output: householdSchema,
      status: 201,
      run: async (call, { body }) => {
        await moveIn(call.trx, body, makerOf(call, deps.keys))
        return householdOf(call.trx, body.household, readerOf(call, deps))
      },
      audit: ({ body }, { path }) => ({
        subjectKind: 'household',
        subject: body.household,
        path,
        detail: { kind: 'move_in', entry: body.id },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/households/:id/events',
      allow: 'household.edit',
      summary:
        'The household moves away, splits, or joins another; taken back by a further entry, never removed',
      params: byId,
      body: lifeEventSchema,
      output: householdSchema,
      run: async (call, { params, body }) => {
        await live(call.trx, params.id, body, makerOf(call, deps.keys))
        return householdOf(call.trx, params.id, readerOf(call, deps))
      },
      audit: ({ params, body }, { path }) => ({
        subjectKind: 'household',
        subject: params.id,
        path,
        detail: { kind: body.kind, entry: body.id },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/households/:id/entries/:entry/undo',
      allow: 'household.edit',
      summary: 'Take a move, split or merge back, as long as what it did still stands',
      params: entry,
      body: undoSchema,
      output: householdSchema,
      run: async (call, { params, body }) => {
        await undo(call.trx, { ...body, household: params.id, entry: params.entry }, makerOf(call, deps.keys))
        return householdOf(call.trx, params.id, readerOf(call, deps))
      },
      audit: ({ params, body }, { path }) => ({
        subjectKind: 'household',
        subject: params.id,
        path,
        detail: { kind: 'undo', entry: body.id, undoes: params.entry },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/households/:id/history',
      allow: 'household.read',
      summary: 'Everything that was entered about a household, newest first',
      params: byId,
      output: historySchema,
      run: async (call, { params }) => {
        const reader = readerOf(call, deps)
        const household = await householdOf(call.trx, params.id, reader)
        return { items: await historyOf(call.trx, household.id, reader) }
      },
      audit: ({ params }, { items }) => ({
        subjectKind: 'household',
        subject: params.id,
        detail: { history: items.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/dwellings/:id/households',
      allow: 'household.read',
      summary: 'Who lived behind a door, the latest first, or on a day',
      params: dwelling,
      query: stayQuerySchema,
      output: staysSchema,
      run: async (call, { params, query }) => ({
        items: await staysAt(call.trx, params.id, query.on ?? null),
      }),
      audit: ({ params, query }, { items }) => ({
        subjectKind: 'dwelling',
        subject: params.id,
        detail: { ...(query.on && { on: query.on }), rows: items.length },
      }),
    }),
  ]
}
