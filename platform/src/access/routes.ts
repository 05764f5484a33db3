import { z } from 'zod'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import {
  changePasswordSchema,
  enrolmentSchema,
  type LoggedIn,
  loggedInSchema,
  logInSchema,
  meSchema,
  offerSchema,
  ownNameSchema,
  ownPhoneSchema,
  phoneCodeSchema,
  phoneCodeSentSchema,
  phoneSessionSchema,
  secondFactorSchema,
  setPasswordSchema,
} from './contract.ts'
import {
  changePassword,
  confirmSecondFactor,
  giveSecondFactor,
  logIn,
  offerSecondFactor,
  setPassword,
} from './login.ts'
import { meOf } from './me.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { changePhone, phoneCodes, provePhone, sendPhoneCode } from './phone-codes.ts'
import { correctReporter } from './reporters.ts'
import { type Route, route } from './route.ts'
import { endSession } from './sessions.ts'
import type { SmsProvider } from './sms.ts'

type Deps = { keys: Keys; mode: 'demo' | 'production'; sms: SmsProvider }

const issuers = { 'zh-CN': zh.issuer, en: en.issuer }
const aboutPerson = (person: string | undefined, step: string) => ({
  subjectKind: 'person',
  ...(person && { subject: person }),
  detail: { step },
})

export function accessRoutes(deps: Deps): Route[] {
  return [...sessionRoutes(deps), ...phoneRoutes(deps), ...ownRoutes(deps)]
}

function sessionRoutes({ keys }: Deps): Route[] {
  const answer = (one: Awaited<ReturnType<typeof logIn>>): LoggedIn =>
    one.second
      ? { secondFactor: true, mustChange: false, person: null }
      : { secondFactor: false, mustChange: one.mustChange, person: { id: one.person, name: one.name } }
  return [
    route({
      method: 'POST',
      path: '/api/sessions',
      allow: 'session.open',
      summary: 'Log in with login and password',
      body: logInSchema,
      output: loggedInSchema,
      status: 201,
      // A whole office comes in at half past eight through one address.
      perMinute: 120,
      perAddress: true,
      run: async (call, { body }) => answer(await logIn(call, body, keys)),
      audit: (_, output) => aboutPerson(output.person?.id, output.secondFactor ? 'password' : 'complete'),
    }),
    route({
      method: 'POST',
      path: '/api/sessions/second-factor',
      allow: 'session.open',
      summary: 'The second step of a login: the code of the authenticator',
      body: secondFactorSchema,
      output: loggedInSchema,
      status: 201,
      perMinute: 30,
      perAddress: true,
      run: async (call, { body }) => answer(await giveSecondFactor(call, body.code, keys)),
      audit: (_, output) => aboutPerson(output.person?.id, 'complete'),
    }),
    route({
      method: 'DELETE',
      path: '/api/session',
      allow: 'session.own',
      summary: 'Log out; a browser without an account forgets what it follows',
      run: async (call) => {
        if (call.session) await endSession(call.trx, call.session, call.now)
        call.setSession(null)
      },
      audit: (_, __, { session }) => (session ? { subjectKind: 'session' } : null),
    }),
  ]
}

function phoneRoutes({ keys, mode, sms }: Deps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/phone-codes',
      allow: 'session.open',
      summary: 'Ask for a code by text message, to prove a phone number',
      body: phoneCodeSchema,
      output: phoneCodeSentSchema,
      status: 201,
      perMinute: 10,
      perAddress: true,
      run: async (call, { body }) => {
        const code = await sendPhoneCode(call, body.phone, { keys, sms })
        return { seconds: phoneCodes.pauseSeconds, demoCode: mode === 'demo' && sms.shown ? code : null }
      },
      audit: () => ({ subjectKind: 'reporter', detail: { step: 'phone_code', outcome: 'sent' } }),
    }),
    route({
      method: 'POST',
      path: '/api/phone-sessions',
      allow: 'session.open',
      summary: 'Prove a phone number by its code; what was ever said with it is found again',
      body: phoneSessionSchema,
      output: z.object({ reporter: z.uuid().describe('Reporter') }),
      status: 201,
      perMinute: 20,
      perAddress: true,
      run: async (call, { body }) => ({ reporter: await provePhone(call, body, keys) }),
      audit: (_, { reporter }) => ({
        subjectKind: 'reporter',
        subject: reporter,
        reporter,
        detail: { step: 'phone_code', outcome: 'proven' },
      }),
    }),
  ]
}

function ownRoutes({ keys, mode }: Deps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/me',
      allow: 'session.own',
      summary: 'Who this browser is, and what it may do',
      output: meSchema,
      run: (call) => meOf(call, { keys, mode }),
      audit: (_, output) =>
        output.kind === 'reporter' && output.id ? { subjectKind: 'reporter', subject: output.id } : null,
    }),
    route({
      method: 'PUT',
      path: '/api/me/name',
      allow: 'own.correct',
      summary: 'Correct how I am addressed',
      body: ownNameSchema,
      perMinute: 20,
      run: async ({ trx, actor }, { body }) => {
        if (actor.kind !== 'reporter') refuse('access.not_allowed')
        await correctReporter(trx, { id: actor.id, ...body }, keys)
      },
      audit: () => ({ subjectKind: 'reporter', detail: { step: 'name_corrected' } }),
    }),
    route({
      method: 'PUT',
      path: '/api/me/phone',
      allow: 'own.correct',
      summary: 'Correct my mobile number, by a code sent to the new one',
      body: ownPhoneSchema,
      perMinute: 20,
      run: (call, { body }) => changePhone(call, body, keys),
      audit: () => ({ subjectKind: 'reporter', detail: { step: 'phone_corrected' } }),
    }),
    route({
      method: 'POST',
      path: '/api/second-factor/enrolment',
      allow: 'session.own',
      summary: 'Offer an authenticator; it counts once a code of it is confirmed',
      body: offerSchema,
      output: enrolmentSchema,
      status: 201,
      perMinute: 20,
      run: (call, { body }) => offerSecondFactor(call, body.password, keys, issuers[call.language]),
      audit: (_, __, { actor }) => aboutPerson('id' in actor ? actor.id : undefined, 'authenticator_offered'),
    }),
    route({
      method: 'PUT',
      path: '/api/second-factor',
      allow: 'session.own',
      summary: 'Take the offered authenticator into use, by a code of it; other sessions end',
      body: secondFactorSchema,
      perMinute: 20,
      run: (call, { body }) => confirmSecondFactor(call, body.code, keys),
      audit: (_, __, { actor }) => aboutPerson('id' in actor ? actor.id : undefined, 'authenticator_set'),
    }),
    route({
      method: 'PUT',
      path: '/api/password',
      allow: 'session.own',
      summary: "Change one's own password; other sessions end",
      body: changePasswordSchema,
      perMinute: 20,
      run: (call, { body }) => changePassword(call, body, keys),
      audit: (_, __, { actor }) => aboutPerson('id' in actor ? actor.id : undefined, 'password_changed'),
    }),
    route({
      method: 'PUT',
      path: '/api/people/:id/password',
      allow: 'credential.change',
      summary: 'Give somebody a password for the next login, where it must be changed; their sessions end',
      params: z.object({ id: z.uuid().describe('Person') }),
      body: setPasswordSchema,
      run: ({ trx, now }, { params, body }) =>
        setPassword(trx, { person: params.id, ...body, mustChange: true }, now, keys),
      audit: ({ params, body }) => ({
        subjectKind: 'person',
        subject: params.id,
        detail: { step: 'password_set', resetSecondFactor: body.resetSecondFactor },
      }),
    }),
  ]
}
