import type { Command } from '../commands.ts'
import { levels } from '../lifecycle-rule.ts'
import type { Level } from '../lifecycle-rule.ts'

/**
 * RQ10 and boundary 7: who may know who said it, and past whom a request goes. Pure; row security says the same of what
 * may be read (`0013_confidential.sql`).
 */

/** Where a standing keeps whether the reporter is hidden and from whom; an empty list is "left open". */
export type Confidence = { confidential?: boolean | undefined; complainedOf?: string[] | undefined }

type Desks = Partial<Record<Level, string>>

/**
 * The desks that may take the request up: an organisation complained of is passed over as a desk, at every level. Only
 * where no other desk is left does the highest one keep it, because a request always has a holder (RQ1).
 */
export function desksBeside(desks: Desks, complainedOf: readonly string[] = []): Desks {
  if (complainedOf.length === 0) return desks
  const known = levels.filter((level) => desks[level])
  const beside = known.filter((level) => !complainedOf.includes(desks[level]!))
  const kept = beside.length > 0 ? beside : known.slice(-1)
  return Object.fromEntries(kept.map((level) => [level, desks[level]]))
}

/**
 * The level that takes up a complaint about how an organisation handled something: the lowest desk over the organisation,
 * itself left out (boundary 7: it skips the organisation complained of, whatever its level).
 *
 * @param line the areas over the place, the district first.
 * @param desks those that are left by `desksBeside`.
 */
export function levelOver(
  organisation: { path: string },
  line: readonly string[],
  desks: Desks,
): Level | undefined {
  const areaOf: Partial<Record<Level, string | undefined>> = {
    district: line[0],
    subdistrict: line[1],
    community: line[2],
  }
  const known = levels.filter((level) => desks[level])
  const over = known.find((level) => areaOf[level] && organisation.path.startsWith(areaOf[level]))
  return over ?? known.at(-1)
}

/** Whether somebody of this organisation may know who said it. Where it was left open who is meant, only desks may. */
export function mayKnow(
  { confidential, complainedOf = [] }: Confidence,
  organisation: string,
  desks: Desks,
): boolean {
  if (!confidential) return true
  return complainedOf.length > 0
    ? !complainedOf.includes(organisation)
    : Object.values(desks).includes(organisation)
}

/** Organisations that a command brings in. */
function receiversOf(command: Command): string[] {
  if (command.kind === 'assign') return [command.lead.organisation, ...command.assisting]
  if (command.kind === 'split') return command.parts.map(({ lead }) => lead.organisation)
  if (command.kind === 'decline' && command.handOver && command.instead.organisation)
    return [command.instead.organisation]
  return command.kind === 'transfer' || command.kind === 'hand_over' ? [command.lead.organisation] : []
}

/** Whether the command gives the request to somebody who may not know who said it, so that its words are all they read. */
export function isGivenInConfidence(confidence: Confidence, command: Command, desks: Desks): boolean {
  return areNotToKnow(confidence, receiversOf(command), desks)
}

/** Whether one of them may not know who said it. */
export function areNotToKnow(confidence: Confidence, receivers: readonly string[], desks: Desks): boolean {
  return receivers.some((organisation) => !mayKnow(confidence, organisation, desks))
}

/** Kinds that give the request, or a part of it, to somebody, with the field that says to whom. */
const giving: Readonly<Record<string, string>> = {
  assign: 'lead',
  transfer: 'lead',
  hand_over: 'lead',
  split: 'parts',
}

/**
 * What stands against giving the request away: one complained of only takes it when that was said in so many words; and
 * whoever may not know the reporter needs the matter in the words of whoever gives it.
 */
export function obstacleToGiving(
  confidence: Confidence,
  command: Command,
  desks: Desks,
): { refused: string; field: string } | null {
  const receivers = receiversOf(command)
  if (command.kind === 'decline') {
    if (isToComplainedOf(confidence, receivers))
      return { refused: 'request.is_complained_of', field: 'instead.organisation' }
    // Its words tell the reporter why; the matter for the others is written when it is handed over by itself.
    return areNotToKnow(confidence, receivers, desks)
      ? { refused: 'request.needs_matter', field: 'handOver' }
      : null
  }
  const field = giving[command.kind]
  if (!field || !('words' in command)) return null
  const isSaidTwice = 'evenComplainedOf' in command && command.evenComplainedOf === true
  return obstacleToBringingIn(confidence, receivers, { words: command.words, isSaidTwice, field }, desks)
}

/** The same of whoever is brought in by rule: a town's judgement, a meeting. */
export function obstacleToBringingIn(
  confidence: Confidence,
  receivers: readonly string[],
  said: { words: string | null; isSaidTwice: boolean; field: string },
  desks: Desks,
): { refused: string; field: string } | null {
  if (!said.isSaidTwice && isToComplainedOf(confidence, receivers))
    return { refused: 'request.is_complained_of', field: said.field }
  if (!said.words && areNotToKnow(confidence, receivers, desks))
    return { refused: 'request.needs_matter', field: 'words' }
  return null
}

function isToComplainedOf({ complainedOf = [] }: Confidence, receivers: readonly string[]): boolean {
  return receivers.some((organisation) => complainedOf.includes(organisation))
}
