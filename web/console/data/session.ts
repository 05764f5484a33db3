import { call } from '#web/api/client.ts'

/** `totp`: the password was right and the code of the second factor is asked for. */
export type LoginAnswer = { next: 'in' | 'totp' }

export const logIn = (login: string, password: string) => call<LoginAnswer>('POST', '/api/sessions', { body: { login, password } })
export const giveCode = (code: string) => call<LoginAnswer>('POST', '/api/sessions/totp', { body: { code } })
export const endSession = () => call<void>('DELETE', '/api/session')
