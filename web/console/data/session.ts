import type { z } from 'zod'
import type { loggedInSchema } from '#access/contract.ts'
import { call } from '#web/api/client.ts'

export type LoggedIn = z.infer<typeof loggedInSchema>

export const logIn = (login: string, password: string) => call<LoggedIn>('POST', '/api/sessions', { body: { login, password } })
export const giveCode = (code: string) => call<LoggedIn>('POST', '/api/sessions/totp', { body: { code } })
export const endSession = () => call<void>('DELETE', '/api/session')
export const changePassword = (current: string, password: string) =>
  call<void>('POST', '/api/me/password', { body: { current, password } })
