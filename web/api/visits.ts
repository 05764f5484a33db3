import type { Answer, Question } from '#visits/confirm-contract.ts'
import { call } from './client.ts'

/** The resident's word about a visit, by the link they were given. */

export type { Question }

export const readQuestion = (token: string): Promise<Question> =>
  call<Question>('GET', `/api/visit-confirmations/${encodeURIComponent(token)}`)

/** The same answer again is the same, so that a lost acknowledgement is asked for once more. */
export const answerVisit = (token: string, answer: Answer): Promise<Question> =>
  call<Question>('POST', `/api/visit-confirmations/${encodeURIComponent(token)}`, { body: answer, again: 1 })
