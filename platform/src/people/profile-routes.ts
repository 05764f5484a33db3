import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { civilDay } from '#kernel/clock.ts'
import { refuse } from '#kernel/problem.ts'
import { absences, addAbsence, endAbsence } from './away.ts'
import {
  absenceEndSchema,
  absenceSchema,
  absencesQuerySchema,
  absencesSchema,
  newAbsenceSchema,
  pairsChangeSchema,
  pairsSchema,
  profileChangeSchema,
  profileSchema,
} from './profile-contract.ts'
import { changePairs, changeProfile, pairsOf, profileOf } from './profile.ts'

const person = z.object({ id: z.uuid().describe('Person') })
const absence = z.object({ id: z.uuid().describe('Absence') })
const organisation = z.object({ id: z.uuid().describe('Organisation') })

export function profileRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/people/:id/profile',
      allow: 'profile.read',
      summary: 'What the plan knows of a person: homes, skills, employer and its compounds, times, days away',
      params: person,
      output: profileSchema,
      etag: ({ version }) => version,
      run: async ({ trx, now }, { params }) => profileOf(trx, params.id, now),
      audit: ({ params }) => ({ subjectKind: 'person', subject: params.id, detail: { profile: true } }),
    }),
    route({
      method: 'PUT',
      path: '/api/people/:id/profile',
      allow: 'profile.change',
      summary: 'Put a profile in place of what was there',
      params: person,
      body: profileChangeSchema,
      output: profileSchema,
      ifMatch: true,
      etag: ({ version }) => version,
      run: async ({ trx, now, version }, { params, body }) =>
        changeProfile(trx, params.id, body, version ?? refuse('http.precondition_required'), now),
      audit: ({ params }) => ({ subjectKind: 'person', subject: params.id, detail: { profile: true } }),
    }),
    route({
      method: 'GET',
      path: '/api/organisations/:id/pairs',
      allow: 'profile.read',
      summary: 'Compounds that an organisation is paired with',
      params: organisation,
      output: pairsSchema,
      run: async ({ trx }, { params }) => ({ items: await pairsOf(trx, params.id) }),
      audit: 'public',
    }),
    route({
      method: 'PUT',
      path: '/api/organisations/:id/pairs',
      allow: 'profile.change',
      summary: 'Pair an organisation with compounds',
      params: organisation,
      body: pairsChangeSchema,
      output: pairsSchema,
      run: async ({ trx }, { params, body }) => ({ items: await changePairs(trx, params.id, body.paths) }),
      audit: ({ params, body }) => ({
        subjectKind: 'organisation',
        subject: params.id,
        detail: { pairs: body.paths },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/absences',
      allow: 'absence.read',
      summary: 'Who is away today or is going to be, and who stands in',
      query: absencesQuerySchema,
      output: absencesSchema,
      run: async ({ trx, now }, { query }) => ({
        items: await absences(trx, { day: civilDay(now), person: query.person }),
      }),
      audit: ({ query }, { items }) => ({
        subjectKind: 'person',
        ...(query.person && { subject: query.person }),
        detail: { absences: items.length },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/absences',
      allow: 'absence.enter',
      summary: 'Be away for some days; the stand-in sees and does what is the absent one’s',
      body: newAbsenceSchema,
      output: absenceSchema,
      status: 201,
      run: async ({ trx, now, actor }, { body }) => addAbsence(trx, body, { actor, now }),
      audit: ({ body }, { backup }) => ({
        subjectKind: 'person',
        subject: body.person,
        detail: { absence: body.id, from: body.from, until: body.until, backup: backup.id },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/absences/:id/end',
      allow: 'absence.enter',
      summary: 'Back earlier, or not away at all; the days that it was stay in the history',
      params: absence,
      body: absenceEndSchema,
      output: absenceSchema,
      ifMatch: true,
      run: async ({ trx, now, actor, version }, { params, body }) =>
        endAbsence(trx, params.id, body.on, {
          actor,
          now,
          version: version ?? refuse('http.precondition_required'),
        }),
      audit: ({ params, body }, { person: away }) => ({
        subjectKind: 'person',
        subject: away.id,
        detail: { ended: params.id, on: body.on },
      }),
    }),
  ]
}
