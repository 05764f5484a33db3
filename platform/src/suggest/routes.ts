import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { alikeSchema, figuresSchema, suggestionSchema, textSchema } from './contract.ts'
import { coldModels } from './models.ts'
import { alikeFor, figuresFor, suggestionFor, suggestionForText } from './service.ts'

const byId = z.object({ id: z.uuid().describe('Request') })

export function suggestRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/requests/:id/suggestion',
      allow: 'request.suggest',
      summary: 'Category, urgency and who could solve it, suggested from words, place and precedent',
      params: byId,
      output: suggestionSchema,
      prepare: coldModels,
      run: (call, { params }) => suggestionFor(call, params.id),
      audit: ({ params }) => ({ subjectKind: 'request', subject: params.id }),
    }),
    route({
      method: 'POST',
      path: '/api/suggestions',
      allow: 'request.suggest',
      summary: 'The same for words that are still being written; the words are kept nowhere',
      body: textSchema,
      output: suggestionSchema,
      perMinute: 120,
      prepare: coldModels,
      run: (call, { body }) => suggestionForText(call, body),
      // Nobody's data were read: the caller's own words came in, and names of offices go out.
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/requests/:id/alike',
      allow: 'request.suggest',
      summary: 'Solved requests like this one with their answers, as far as you may read them',
      params: byId,
      output: alikeSchema,
      prepare: coldModels,
      run: (call, { params }) => alikeFor(call, params.id),
      audit: ({ params }, output) => ({
        subjectKind: 'request',
        subject: params.id,
        detail: { read: output.items.map(({ id }) => id) },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/suggestions/figures',
      allow: 'request.suggest',
      summary:
        'How good the suggestions are on texts never learned from, and how often officers followed them',
      output: figuresSchema,
      run: (call) => figuresFor(call),
      audit: 'public',
    }),
  ]
}
