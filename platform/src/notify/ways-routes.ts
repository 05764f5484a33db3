import { route } from '#access/route.ts'
import type { Route } from '#access/route.ts'
import { z } from 'zod'
import {
  contactChangeSchema,
  contactSchema,
  emailCodeSentSchema,
  emailProofSchema,
  emailSchema,
  subscribeSchema,
} from './contract.ts'
import { subscribe, unsubscribe } from './devices.ts'
import { changeContact, contactOf, emailCodes, proveEmail, removeEmail, sendEmailCode } from './ways.ts'
import type { WaysDeps } from './ways.ts'

const byDevice = z.object({ id: z.uuid().describe('Browser') })

/** How I want to be told. */
export function contactRoutes(deps: WaysDeps): Route[] {
  const noted = (step: string) => () => ({ subjectKind: 'contact', detail: { step } })
  return [
    route({
      method: 'GET',
      path: '/api/contact',
      allow: 'contact.own',
      summary: 'How I am told beside the app',
      output: contactSchema,
      run: (call) => contactOf(call, deps),
      audit: noted('read'),
    }),
    route({
      method: 'PUT',
      path: '/api/contact',
      allow: 'contact.own',
      summary: 'Choose how I am told beside the app',
      body: contactChangeSchema,
      output: contactSchema,
      perMinute: 60,
      run: async (call, { body }) => {
        await changeContact(call, body)
        return contactOf(call, deps)
      },
      audit: ({ body }) => ({ subjectKind: 'contact', detail: { step: 'ways', ...body } }),
    }),
    route({
      method: 'POST',
      path: '/api/contact/email',
      allow: 'contact.own',
      summary: 'Give an e-mail address; a code is sent there',
      body: emailSchema,
      output: emailCodeSentSchema,
      status: 201,
      perMinute: 30,
      perAddress: true,
      run: async (call, { body }) => {
        const code = await sendEmailCode(call, body.email, deps)
        return { seconds: emailCodes.pauseSeconds, demoCode: deps.mail.shown ? code : null }
      },
      audit: noted('email_code_sent'),
    }),
    route({
      method: 'POST',
      path: '/api/contact/email/proof',
      allow: 'contact.own',
      summary: 'Prove the address by the code that was sent there',
      body: emailProofSchema,
      output: contactSchema,
      perMinute: 20,
      run: async (call, { body }) => {
        await proveEmail(call, body.code, deps.keys)
        return contactOf(call, deps)
      },
      audit: noted('email_proven'),
    }),
    route({
      method: 'DELETE',
      path: '/api/contact/email',
      allow: 'contact.own',
      summary: 'Take my e-mail address away',
      output: contactSchema,
      run: async (call) => {
        await removeEmail(call)
        return contactOf(call, deps)
      },
      audit: noted('email_removed'),
    }),
    route({
      method: 'POST',
      path: '/api/contact/push',
      allow: 'contact.own',
      summary:
        'Tell this browser by web push from now on; only through push services that the installation allows',
      body: subscribeSchema,
      output: contactSchema,
      status: 201,
      perMinute: 30,
      run: async (call, { body }) => {
        await subscribe(call, body, deps)
        return contactOf(call, deps)
      },
      audit: ({ body }) => ({ subjectKind: 'contact', detail: { step: 'push_on', door: body.door } }),
    }),
    route({
      method: 'DELETE',
      path: '/api/contact/push/:id',
      allow: 'contact.own',
      summary: 'Tell this browser no more',
      params: byDevice,
      output: contactSchema,
      run: async (call, { params }) => {
        await unsubscribe(call, params.id)
        return contactOf(call, deps)
      },
      audit: noted('push_off'),
    }),
  ]
}
