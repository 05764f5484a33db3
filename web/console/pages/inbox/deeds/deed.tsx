import type { ComponentType } from 'react'
import type { Step } from '../steps.ts'
import { Accept } from './accept.tsx'
import { Answer } from './answer.tsx'
import { Assign } from './assign.tsx'
import { Decline } from './decline.tsx'
import { HandOver, Transfer } from './give.tsx'
import type { DeedProps } from './deed-form.tsx'
import { FollowUp } from './follow-up.tsx'
import { Merge, Unmerge } from './merge.tsx'
import { Propose, Review } from './propose.tsx'
import { Split } from './split.tsx'
import { Ask, Close, Escalate, Note, Reopen, Resume, Return, Supervise, Take } from './simple-deeds.tsx'

const deeds: Record<Step, ComponentType<DeedProps>> = {
  accept: Accept,
  assign: Assign,
  take: Take,
  resume: Resume,
  review: Review,
  answer: Answer,
  follow_up: FollowUp,
  close: Close,
  transfer: Transfer,
  return: Return,
  escalate: Escalate,
  split: Split,
  decline: Decline,
  hand_over: HandOver,
  ask: Ask,
  propose: Propose,
  reopen: Reopen,
  supervise: Supervise,
  merge: Merge,
  unmerge: Unmerge,
  note: Note,
}

/** The form of one step. */
export function Deed({ step, ...rest }: DeedProps & { step: Step }) {
  const Form = deeds[step]
  return <Form {...rest} />
}
