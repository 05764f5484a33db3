import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { devicesSchema, registerSchema, unlockingSchema, withdrawalSchema } from './contract.ts'
import { devicesOf, ownDevices, register, unlock, withdrawOf, withdrawOwn } from './devices.ts'

const byId = z.object({ id: z.uuid().describe('Device') })
const byPerson = z.object({ id: z.uuid().describe('Person') })

export function deviceRoutes({ keys }: { keys: Keys }): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/field/devices',
      allow: 'field.sync',
      summary: "Register this phone's store, and get the server's half of what unlocks it",
      body: registerSchema,
      output: unlockingSchema,
      status: 201,
      perMinute: 20,
      run: (call, { body }) => register(call, body, keys),
      audit: ({ body }) => ({ subjectKind: 'device', subject: body.id, detail: { step: 'registered' } }),
    }),
    route({
      method: 'GET',
      path: '/api/field/devices',
      allow: 'field.sync',
      summary: 'My phones, newest first',
      output: devicesSchema,
      run: async (call) => ({ items: await ownDevices(call) }),
      audit: (_, { items }) => ({ subjectKind: 'device', detail: { rows: items.length } }),
    }),
    route({
      method: 'POST',
      path: '/api/field/devices/:id/unlocking',
      allow: 'field.sync',
      summary: "The server's half of what unlocks this phone's store, after logging in",
      params: byId,
      output: unlockingSchema,
      perMinute: 20,
      run: (call, { params }) => unlock(call, params.id, keys),
      audit: ({ params }) => ({ subjectKind: 'device', subject: params.id, detail: { step: 'unlocked' } }),
    }),
    route({
      method: 'POST',
      path: '/api/field/devices/:id/withdrawal',
      allow: 'field.sync',
      summary: 'Withdraw one of my phones: it is wiped at its next contact, or by itself after 14 days',
      params: byId,
      body: withdrawalSchema,
      run: (call, { params, body }) => withdrawOwn(call, params.id, body.reason),
      audit: ({ params, body }) => ({
        subjectKind: 'device',
        subject: params.id,
        reason: body.reason,
        detail: { step: 'withdrawn' },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/field/people/:id/devices',
      allow: 'field.withdraw',
      summary: 'Phones of somebody who serves',
      params: byPerson,
      output: devicesSchema,
      run: async (call, { params }) => ({ items: await devicesOf(call, params.id) }),
      audit: ({ params }, { items }) => ({
        subjectKind: 'person',
        subject: params.id,
        detail: { devices: items.length },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/field/people/:id/devices/:device/withdrawal',
      allow: 'field.withdraw',
      summary: "Withdraw somebody's phone",
      params: byPerson.extend({ device: z.uuid().describe('Device') }),
      body: withdrawalSchema,
      run: (call, { params, body }) =>
        withdrawOf(call, { person: params.id, device: params.device, reason: body.reason }),
      audit: ({ params, body }) => ({
        subjectKind: 'person',
        subject: params.id,
        reason: body.reason,
        detail: { step: 'device_withdrawn', device: params.device },
      }),
    }),
  ]
}
