import type { ComponentType } from 'react'
import type { Step } from '../steps.ts'
import { Accept } from './accept.tsx'
import { Answer } from './answer.tsx'
import { Assign, Transfer } from './assign.tsx'
import type { DeedProps } from './deed-form.tsx'
import { Close, Decline, Escalate, FollowUp, Note, Reopen, Return, Supervise, Take } from './simple-deeds.tsx'

const deeds: Record<Step, ComponentType<DeedProps>> = {
  accept: Accept,
  assign: Assign,
  take: Take,
  answer: Answer,
  follow_up: FollowUp,
  close: Close,
  transfer: Transfer,
  return: Return,
  escalate: Escalate,
  decline: Decline,
  reopen: Reopen,
  supervise: Supervise,
  note: Note,
}

/** The form of one step. */
export function Deed({ step, ...rest }: DeedProps & { step: Step }) {
  const Form = deeds[step]
  return <Form {...rest} />
}
