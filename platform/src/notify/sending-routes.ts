import { z } from 'zod'
import { route } from '#access/route.ts'
import type { Call, Route } from '#access/route.ts'
import { keepRobot, listRobots, tryRobot } from './robots.ts'
import type { RobotDeps } from './robots.ts'
import { changeQuiet, sendingState } from './sending.ts'
import type { Ways } from './sending.ts'
import {
  districtQuietSchema,
  robotChangeSchema,
  robotListSchema,
  robotSchema,
  sendingSchema,
} from './sending-contract.ts'

type Deps = RobotDeps & { ways: Ways }

const byRobot = z.object({ id: z.uuid().describe('Robot; made by whoever sets it up') })
const trialSchema = z.object({ id: z.uuid().describe('Made by the page; the same id is one message') })

const byOf = (call: Call) => ({
  person: call.actor.kind === 'staff' ? call.actor.id : null,
  now: call.now.toString({ smallestUnit: 'millisecond' }),
})

/** The ways by which messages leave, for the IT desk. */
export function sendingRoutes(deps: Deps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/sending',
      allow: 'sending.set',
      summary:
        'Every way by which messages leave: whether it is set up, what waits, what went out; and quiet hours',
      output: sendingSchema,
      etag: (output) => output.version,
      run: ({ trx, now }) => sendingState(trx, deps.ways, now),
      audit: 'public',
    }),
    route({
      method: 'PUT',
      path: '/api/sending/quiet',
      allow: 'sending.set',
      summary: 'Set the hours of the night in which nothing leaves that is not urgent',
      body: districtQuietSchema,
      output: sendingSchema,
      ifMatch: true,
      etag: (output) => output.version,
      run: async (call, { body }) => {
        await changeQuiet(call.trx, body, call.version ?? 0, byOf(call))
        return sendingState(call.trx, deps.ways, call.now)
      },
      audit: ({ body }) => ({
        subjectKind: 'notify_setting',
        detail: { quiet: `${body.from}-${body.until}` },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/robots',
      allow: 'sending.set',
      summary: 'Robots in the chat groups of organisations, without their keys',
      output: robotListSchema,
      run: async ({ trx }) => ({ items: await listRobots(trx, deps) }),
      audit: 'public',
    }),
    route({
      method: 'PUT',
      path: '/api/robots/:id',
      allow: 'sending.set',
      summary: 'Set a robot up, or change it; only where the installation lets messages go',
      params: byRobot,
      body: robotChangeSchema,
      output: robotSchema,
      ifMatch: true,
      etag: (output) => output.version,
      run: (call, { params, body }) =>
        keepRobot(call.trx, params.id, call.version ?? 0, body, { deps, ...byOf(call) }),
      audit: ({ params, body }) => ({
        subjectKind: 'robot',
        subject: params.id,
        // Neither the address nor the secret.
        detail: { name: body.name, kind: body.kind, active: body.active },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/robots/:id/trial',
      allow: 'sending.set',
      summary: 'Send a trial message to a robot, by the outbox as every other',
      params: byRobot,
      body: trialSchema,
      perMinute: 10,
      run: (call, { params, body }) => tryRobot(call.trx, params.id, body.id, byOf(call).now),
      audit: ({ params }) => ({ subjectKind: 'robot', subject: params.id, detail: { trial: true } }),
    }),
  ]
}
