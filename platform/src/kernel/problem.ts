import type { AuditNote } from './route.ts'
import en from './messages/problems.en.json' with { type: 'json' }
import zh from './messages/problems.zh-CN.json' with { type: 'json' }

/** Every expected failure: a stable code and its HTTP status. Texts stand in `messages/problems.*.json` under the same code. */
export const problems = {
  'input.invalid': 400,
  'input.not_json': 400,
  'input.not_form': 400,
  'input.too_large': 413,
  'input.wrong_media_type': 415,
  'access.log_in': 401,
  'access.wrong_login': 401,
  'access.wrong_code': 401,
  'access.second_factor_needed': 401,
  'access.locked': 423,
  'access.phone_taken': 409,
  'access.not_allowed': 403,
  'access.other_site': 403,
  'access.posts_exclude': 409,
  'access.totp_required': 403,
  'access.password_change_required': 403,
  'access.password_unfit': 422,
  'http.not_found': 404,
  'http.method_not_allowed': 405,
  'http.too_many': 429,
  'http.precondition_required': 428,
  changed_meanwhile: 412,
  id_taken: 409,
  'request.not_found': 404,
  'request.not_yours_to_make': 403,
  'request.not_in_this_state': 409,
  'request.points_uncovered': 422,
  'request.reopen_too_late': 409,
  'request.reopen_is_the_reporters': 409,
  'request.cannot_close_yet': 409,
  'request.no_level_above': 409,
  'request.appealed_already': 409,
  'request.appeal_too_late': 409,
  'request.proposal_open': 409,
  'request.no_such_proposal': 409,
  'request.unfit_reason': 422,
  'request.end_out_of_range': 422,
  'request.evidence_needed': 422,
  'request.extended_already': 409,
  'request.extend_too_late': 409,
  'request.excluded_already': 409,
  'request.followed_up_already': 409,
  'request.instead_missing': 422,
  'request.instead_is_here': 422,
  'request.hand_over_to_nobody': 422,
  'request.no_such_area': 422,
  'request.no_such_category': 422,
  'request.no_such_lead': 422,
  'request.is_complained_of': 409,
  'request.needs_matter': 422,
  'request.no_such_attachment': 422,
  'request.wrong_code_or_tail': 404,
  'open311.no_such_service': 404,
  'open311.no_such_jurisdiction': 404,
  'open311.place_needed': 400,
  'open311.place_unknown': 400,
  'open311.attribute_missing': 400,
  'open311.attribute_wrong': 400,
  'publication.confidential': 409,
  'publication.still_personal': 422,
  'publication.look_again': 422,
  'publication.not_there': 404,
  'request.others_follow': 409,
  'request.already_yours': 409,
  'request.merge_with_itself': 409,
  'request.merge_not_yours': 403,
  'request.merge_into_ended': 409,
  'request.merge_carries_others': 409,
  'request.merge_confidential': 409,
  'offer.gone': 409,
  'offer.taken_already': 409,
  'offer.in_confidence': 409,
  'offer.cannot_ask': 422,
  'offer.nobody': 422,
  'offer.offered_already': 409,
  'wish.not_proven': 403,
  'wish.not_yours': 403,
  'wish.not_in_this_state': 409,
  'wish.claimed_already': 409,
  'wish.own': 409,
  'wish.too_many': 409,
  'wish.never_published': 422,
  'wish.look_again': 422,
  'request.bound': 409,
  'request.parts_open': 409,
  'request.no_such_part': 409,
  'request.part_not_in_this_state': 409,
  'request.part_due_too_late': 422,
  'request.no_such_supervision': 409,
  'request.not_yours_to_lift': 403,
  'request.decision_needs_words': 422,
  'request.bulk_confidential': 409,
  'whistle.not_found': 404,
  'whistle.not_yours_to_make': 403,
  'whistle.not_in_this_state': 409,
  'whistle.nothing_to_blow': 422,
  'whistle.open_already': 409,
  'whistle.several_towns': 422,
  'whistle.called_twice': 422,
  'whistle.town_is_lead': 422,
  'whistle.reported_already': 409,
  'whistle.objected_already': 409,
  'whistle.no_objection': 409,
  'whistle.lead_is_replaced': 422,
  'whistle.rate_each': 422,
  'attachment.not_found': 404,
  'attachment.not_a_photo': 422,
  'attachment.not_a_voice_note': 422,
  'attachment.part_misplaced': 422,
  'attachment.cut_off': 422,
  'contact.no_email': 422,
  'contact.no_mail': 409,
  'contact.not_taken': 422,
  'contact.wrong_code': 422,
  'contact.push_not_allowed': 422,
  'contact.push_wrong_key': 422,
  'robot.no_url': 422,
  'robot.not_allowed': 422,
  'robot.wrong_shape': 422,
  'template.unknown_value': 422,
  'template.missing_value': 422,
  'liaison.not_in_this_state': 409,
  'liaison.fewer_there': 422,
  'liaison.moved_on': 409,
  'liaison.second_person': 403,
  'liaison.words_needed': 422,
  'liaison.people_left': 409,
  'erasure.not_yours': 403,
  'erasure.decided': 409,
  'erasure.hold_taken': 409,
  'record.not_found': 404,
  'record.already_ended': 409,
  'record.too_many_views': 409,
  'record.login_taken': 409,
  'record.invalid_reference': 422,
  'household.merged': 409,
  'handbook.too_many': 409,
  'export.too_many': 422,
  'export.nothing': 422,
  'export.own': 409,
  'export.decided': 409,
  'export.not_ready': 409,
  'export.expired': 409,
  'import.not_in_this_state': 409,
  'import.purged': 409,
  'import.has_errors': 409,
  'import.mapping_twice': 422,
  'import.mapping_required': 422,
  'import.mapping_no_place': 422,
  'import.mapping_forbidden': 422,
  'import.mapping_care_without_basis': 422,
  'household.door_taken': 409,
  'absence.overlaps': 409,
  'rota.no_turn': 422,
  'matter.second_person': 403,
  'matter.not_waiting': 409,
  'mediation.not_in_this_state': 409,
  'grid.overlap': 409,
  'household.moved_away': 409,
  'household.cannot_undo': 409,
  'field.withdrawn': 403,
  'field.no_such_device': 404,
  'visit.nobody_met': 422,
  'visit.not_your_door': 404,
  'visit.rule_unfit': 422,
  'visit.task_ended': 409,
  'visit.promise_ended': 409,
  'visit.no_such_link': 404,
  'visit.answered': 409,
  'visit.no_phone': 422,
  'visit.spot_done': 409,
  'meeting.area_has_one': 409,
  'meeting.not_in_this_state': 409,
  'meeting.on_it_already': 409,
  'meeting.cannot_be_tabled': 409,
  'meeting.papers_are_out': 409,
  'meeting.nothing_owed': 409,
  'field.not_yours': 403,
  'field.decided': 409,
  unavailable: 503,
  unexpected: 500,
} as const

export type ProblemCode = keyof typeof problems
export type Language = 'zh-CN' | 'en'

export type ProblemDetails = {
  /** The field it is about, as a path in the input. */
  field?: string
  /** What was expected there, already in words. */
  expected?: string
  /** Each wrong field, when several are. */
  errors?: { field: string; message: string }[]
  /** Seconds after which another try makes sense. */
  retryAfter?: number
  params?: Record<string, string | number>
}

/** An expected failure on its way out of a transaction, which it rolls back. Made by `refuse`. */
export class Refusal extends Error {
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
}

/**
 * A failure that leaves its trace: what the transaction wrote stays (a wrong try is counted), and the ledger gets the
 * note. Made by `refuseAndKeep`; the transaction commits, the caller is refused.
 */
export class KeptRefusal extends Refusal {
  readonly note: AuditNote

  constructor(code: ProblemCode, details: ProblemDetails, note: AuditNote) {
    super(code, details)
    this.note = note
  }
}

/** Ends the use case with an expected failure, keeping what it wrote. */
export function refuseAndKeep(code: ProblemCode, details: ProblemDetails, note: AuditNote): never {
  throw new KeptRefusal(code, details, note)
}

/** Ends the use case with an expected failure. */
export function refuse(code: ProblemCode, details?: ProblemDetails): never {
  throw new Refusal(code, details)
}

/** True for codes of the catalogue; pure rules name them as plain text. */
export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code)
}

const texts: Record<Language, Record<ProblemCode, { title: string; detail: string }>> = { 'zh-CN': zh, en }

/** Fills `{name}` in a text; a name without a value stays visible, so that a test finds it. */
export function fill(text: string, params: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

export type Problem = ReturnType<typeof problemDocument>

/** A problem document (RFC 9457) in the user's language. `instance` is the request id, to be read out on the phone. */
export function problemDocument(
  code: ProblemCode,
  details: ProblemDetails,
  language: Language,
  requestId: string,
) {
  const { title, detail } = texts[language][code]
  return {
    type: `/problems#${code}`,
    code,
    title,
    status: problems[code],
    detail: fill(detail, details.params),
    instance: `urn:request:${requestId}`,
    ...(details.field && { field: details.field }),
    ...(details.expected && { expected: details.expected }),
    ...(details.errors && { errors: details.errors }),
  }
}

/** zh-CN unless the first language asked for is English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh-CN'
}
