import { call } from './client.ts'

/** Who this browser is for the server: nobody, a follower of single requests, or a resident by phone code. */

export type Me = { reporter: { name: string | null; phone: string } | null; follows: number }
export type Look = { at: string; who: string; organisation: string; what: string; reason: string | null }
export type Notice = {
  id: string
  request: string
  code: string
  title: string
  at: string
  kind: string
  words: string | null
}

export function readMe(): Promise<Me> {
  return call('GET', '/api/me')
}

/** Asks for a code by text message; the demonstration shows it in the answer. */
export function askPhoneCode(phone: string): Promise<{ demoCode?: string | null }> {
  return call('POST', '/api/phone-codes', { body: { phone } })
}

export function logInByPhone(phone: string, code: string): Promise<void> {
  return call('POST', '/api/phone-sessions', { body: { phone, code } })
}

export function logOut(): Promise<void> {
  return call('DELETE', '/api/session')
}

/** Who looked at my data, newest first. */
export function looksAtMe(): Promise<{ items: Look[] }> {
  return call('GET', '/api/looks')
}

export function myNotices(): Promise<{ items: Notice[] }> {
  return call('GET', '/api/notices')
}
