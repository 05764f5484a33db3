import type { z } from 'zod'
import type { enrolmentSchema, loggedInSchema } from '#access/contract.ts'
import { call } from './client.ts'

export type LoggedIn = z.infer<typeof loggedInSchema>
type Enrolment = z.infer<typeof enrolmentSchema>

export const logIn = (login: string, password: string) =>
  call<LoggedIn>('POST', '/api/sessions', { body: { login, password } })
export const giveCode = (code: string) =>
  call<LoggedIn>('POST', '/api/sessions/second-factor', { body: { code } })
export const endSession = () => call<void>('DELETE', '/api/session')
export const changePassword = (current: string, password: string) =>
  call<void>('PUT', '/api/password', { body: { current, password } })
export const offerSecondFactor = (password: string | undefined) =>
  call<Enrolment>('POST', '/api/second-factor/enrolment', { body: password ? { password } : {} })
export const confirmSecondFactor = (code: string) =>
  call<void>('PUT', '/api/second-factor', { body: { code } })
