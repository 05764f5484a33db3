import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { refuse } from '#kernel/problem.ts'
import {
  endPostSchema,
  hereQuerySchema,
  hereSchema,
  newPersonSchema,
  newPostSchema,
  peopleQuerySchema,
  peopleSchema,
  personChangeSchema,
  personSchema,
} from './contract.ts'
import { servingHere } from './here.ts'
import type { HereDeps } from './here.ts'
import { addPerson, addPost, changePerson, endPost, people, personById } from './service.ts'

const person = z.object({ id: z.uuid().describe('Person') })
const post = z.object({ id: z.uuid().describe('Post') })

export function peopleRoutes(deps: HereDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/here',
      allow: 'place.read',
      summary: 'Who to turn to at a place: liaison, desk, grid worker, who is on duty now; work phones only',
      query: hereQuerySchema,
      output: hereSchema,
      run: async ({ trx, now }, { query }) => servingHere(trx, query.path, now, deps),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: '/api/people',
      allow: 'person.read',
      summary: 'Those who serve here, with their posts',
      query: peopleQuerySchema,
      output: peopleSchema,
      run: async ({ trx, now }, { query }) => people(trx, query, now),
      audit: ({ query }, output) => ({
        subjectKind: 'person',
        detail: {
          ...(query.q && { q: query.q }),
          ...(query.organisation && { organisation: query.organisation }),
          rows: output.items.length,
        },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/people/:id',
      allow: 'person.read',
      summary: 'One person with all posts, past ones too',
      params: person,
      output: personSchema,
      etag: ({ version }) => version,
      run: async ({ trx, now }, { params }) => personById(trx, params.id, now),
      audit: ({ params }) => ({ subjectKind: 'person', subject: params.id }),
    }),
    route({
      method: 'POST',
      path: '/api/people',
      allow: 'person.change',
      summary: 'Add a person; posts are given by somebody else',
      body: newPersonSchema,
      output: personSchema,
      status: 201,
      etag: ({ version }) => version,
      run: async ({ trx, now }, { body }) => addPerson(trx, body, now),
      audit: ({ body }) => ({ subjectKind: 'person', subject: body.id, detail: { added: true } }),
    }),
    route({
      method: 'PATCH',
      path: '/api/people/:id',
      allow: 'person.change',
      summary: 'Change a person; whoever leaves keeps no post',
      params: person,
      body: personChangeSchema,
      output: personSchema,
      ifMatch: true,
      etag: ({ version }) => version,
      run: async ({ trx, now, version }, { params, body }) =>
        changePerson(trx, params.id, body, version ?? refuse('http.precondition_required'), now),
      audit: ({ params, body }) => ({
        subjectKind: 'person',
        subject: params.id,
        detail: { fields: Object.keys(body), ...(body.active !== undefined && { active: body.active }) },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/posts',
      allow: 'post.change',
      summary: 'Give a person a post',
      body: newPostSchema,
      output: personSchema,
      status: 201,
      run: async ({ trx, now }, { body }) => addPost(trx, body, now),
      audit: ({ body }) => ({
        subjectKind: 'person',
        subject: body.person,
        path: body.path,
        detail: { post: body.id, role: body.role, organisation: body.organisation },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/posts/:id/end',
      allow: 'post.change',
      summary: 'End a post; it stays in the history',
      params: post,
      body: endPostSchema,
      output: personSchema,
      run: async ({ trx, now }, { params, body }) => endPost(trx, params.id, body.at, now),
      audit: ({ params }, output) => ({
        subjectKind: 'person',
        subject: output.id,
        detail: { ended: params.id },
      }),
    }),
  ]
}
