import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import {
  editedSchema,
  editSchema,
  householdSchema,
  householdsQuerySchema,
  householdsSchema,
} from './contract.ts'
import { applyEdit, makerOf } from './edits.ts'
import {
  careListSchema,
  careQuerySchema,
  residentRevealedSchema,
  residentRevealSchema,
} from './handbook-contract.ts'
import { careList, reveal } from './handbook.ts'
import { householdOf, households, readerOf } from './register.ts'
import type { PersonNames } from './register.ts'

const resident = z.object({ id: z.uuid().describe('Resident') })
const byId = z.object({ id: z.uuid().describe('Household') })

export function registerRoutes(deps: { keys: Keys; names: PersonNames }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/households',
      allow: 'household.read',
      summary: 'Who lives where today, by stairwell and door; names masked, except for the own liaison',
      query: householdsQuerySchema,
      output: householdsSchema,
      run: async (call, { query }) => households(call.trx, query, call.scope, readerOf(call, deps)),
      audit: ({ query }, output) => ({
        subjectKind: 'household',
        ...(query.path && { path: query.path }),
        detail: { rows: output.items.length },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/households/:id',
      allow: 'household.read',
      summary: 'One household: members, care, what has to be chosen, whose duty the door is; phones masked',
      params: byId,
      output: householdSchema,
      etag: ({ version }) => version,
      run: async (call, { params }) => householdOf(call.trx, params.id, readerOf(call, deps)),
      audit: ({ params }, output) => ({
        subjectKind: 'household',
        subject: params.id,
        path: output.path,
      }),
    }),
    route({
      method: 'GET',
      path: '/api/care',
      allow: 'care.read',
      summary: 'The care list, those first that are to be looked at anew',
      query: careQuerySchema,
      output: careListSchema,
      run: async (call, { query }) => careList(call.trx, query, call.scope, readerOf(call, deps)),
      audit: ({ query: { after: _, limit: __, path, ...filters } }, output) => ({
        subjectKind: 'care',
        ...(path && { path }),
        detail: { ...filters, rows: output.items.length },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/residents/:id/reveals',
      allow: 'household.reveal',
      summary:
        "Open a resident's phone, identity number or name, for a stated reason that the resident can read",
      params: resident,
      body: residentRevealSchema,
      output: residentRevealedSchema,
      perMinute: 30,
      run: async (call, { params, body }) => {
        const { value, household } = await reveal(call.trx, params.id, body.field, {
          actor: call.actor,
          keys: deps.keys,
        })
        return { value, household }
      },
      audit: ({ params, body }, output) => ({
        subjectKind: 'resident',
        subject: params.id,
        reason: body.reason,
        detail: { field: body.field, household: output.household },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/households/:id/entries',
      allow: 'household.edit',
      summary:
        'Enter what changed, or choose between words that stand against each other; other fields merge with what others entered meanwhile',
      params: byId,
      body: editSchema,
      output: editedSchema,
      run: async (call, { params, body }) => {
        const result = await applyEdit(call.trx, { ...body, household: params.id }, makerOf(call, deps.keys))
        if (result.fate === 'refused') {
          const { code, field } = result.problem
          refuse(code, field === undefined ? {} : { field: `body.${field}` })
        }
        return { fate: result.fate, contested: result.contested, version: result.version }
      },
      audit: ({ params, body }, output) => ({
        subjectKind: 'household',
        subject: params.id,
        detail: { entry: body.id, fields: Object.keys(body.fields), fate: output.fate },
      }),
    }),
  ]
}
