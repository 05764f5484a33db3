import type { z } from 'zod'
import type { Me, phoneCodeSentSchema } from '#access/contract.ts'
import { call } from './client.ts'

/** Who this browser is for the server: nobody, a follower of single requests, or a resident by phone code. */

export type { Me }
export type CodeSent = z.infer<typeof phoneCodeSentSchema>

export function readMe(): Promise<Me> {
  return call('GET', '/api/me')
}

/** Asks for a code by text message; a demonstration sends none and shows it in the answer. */
export function askPhoneCode(phone: string): Promise<CodeSent> {
  return call('POST', '/api/phone-codes', { body: { phone } })
}

export function logInByPhone(phone: string, code: string): Promise<void> {
  return call('POST', '/api/phone-sessions', { body: { phone, code } })
}

export function logOut(): Promise<void> {
  return call('DELETE', '/api/session')
}
