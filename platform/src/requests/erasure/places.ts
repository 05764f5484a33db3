import type { personal } from '#access/fields.ts'
import { entries, states } from '../lifecycle.ts'
import type { Entry, Standing } from '../standing.ts'

/** What erasing means for a request, decided purely. */

/** By when a wish is answered, in boundary 5's fifteen days. */
export const answerLimit = { unit: 'calendar_days', amount: 15 } as const

/**
 * The entry that ends an open request with its erasure, or null when it goes on or is over already. Who has everything
 * erased takes it back, as long as that is possible; behind an answer nobody is left to say whether it is solved.
 */
export function ending(standing: Standing, scope: 'person' | 'all', id: string, at: string): Entry | null {
  const { state } = standing
  const from: readonly string[] = entries.withdraw.from
  // Where others follow it, it goes on for them.
  if (states[state].final || standing.followers > 0) return null
  const base = { id, at, visible: true, words: null }
  if (scope === 'all' && from.includes(state))
    return { ...base, kind: 'withdraw', channel: 'phone_page', by: { kind: 'reporter' }, data: {} }
  if (scope === 'person' && states[state].clock !== 'word') return null
  return { ...base, kind: 'close', channel: 'clock', by: { kind: 'system' }, data: { grounds: 'erased' } }
}

/** Why a personal field stays when a resident has everything erased; each ground is one that the law names. */
export const grounds = {
  /** Who serves and answers is named: management of one's own staff, PIPL 13(2). */
  staff: 'statutory',
  /** The register of residents is a duty laid on the committee, PIPL 13(3); corrected there, not through requests. */
  register: 'statutory',
  /** Who did what with personal data: at least six months, Cybersecurity Law article 21. It holds ids, never words. */
  ledger: 'statutory',
  /** That it was asked for, decided and done, PIPL articles 47, 50 and 69. It holds ids and figures. */
  proof: 'statutory',
  /** Why somebody looks in: held on the consent or statute that the entry names, and ended with whoever looks in; not through requests. */
  care: 'statutory',
  /** Part of the hash chain: an id whose row is gone. */
  chain: 'nobody',
  /** Hours to days; gone by itself, and not about requests. */
  expires: 'nobody',
} as const

type Fate = 'with the request' | 'with the account' | { stays: keyof typeof grounds }

const staff = { stays: 'staff' } as const
const register = { stays: 'register' } as const
const care = { stays: 'care' } as const
const ledger = { stays: 'ledger' } as const
const proof = { stays: 'proof' } as const
const expires = { stays: 'expires' } as const
const said = 'with the request'
const account = 'with the account'

/**
 * Every place where a person's words or identity stand, and what erasing does there. A personal field that is declared in
 * `access/fields.ts` and missing here does not compile: whoever adds one decides, and erases it in `0019_erasure.sql` or in
 * `erasing.ts`.
 */
export const places = {
  'person.name': staff,
  'person.work_phone': staff,
  'person.login': staff,
  'post.person_id': staff,
  'post.backup_person_id': staff,
  'household.dwelling_id': register,
  'household.moved_in': register,
  'household.moved_out': register,
  'field_device.person_id': staff,
  'field_device.label': staff,
  'field_device.secret_sealed': staff,
  'field_device.withdrawn_by': staff,
  'field_entry.person_id': staff,
  'field_entry.household_id': register,
  'field_entry.data_sealed': register,
  'field_entry.decided_by_id': staff,
  'field_entry.decision_words': register,
  'field_holding.person_id': staff,
  'field_holding.household_id': register,
  'field_holding.via_person_id': staff,
  'field_mark.household_id': register,
  'field_file.person_id': staff,
  'resident.household_id': register,
  'resident.name': register,
  'resident.relation': register,
  'resident.birth_year': register,
  'resident.phone_sealed': register,
  'resident.phone_index': register,
  'resident.identity_sealed': register,
  'resident.identity_index': register,
  'resident.joined_on': register,
  'resident.left_on': register,
  'resident.left_kind': register,
  'resident.away_kind': register,
  'resident.away_until': register,
  'household.note': register,
  'household_entry.fields': care,
  'household_entry.by_person_id': staff,
  'care.resident_id': care,
  'care.household_id': care,
  'care.kind': care,
  'care.basis': care,
  'care.consented_at': care,
  'care.statute': care,
  'care.plan': care,
  'care.helper_person_id': staff,
  'resident_past.resident_id': register,
  'resident_past.household_id': register,
  'resident_past.from_on': register,
  'resident_past.until_on': register,
  'not_the_same.one_id': register,
  'not_the_same.other_id': register,
  'not_the_same.by_person_id': staff,
  'person.employer_id': staff,
  'person.availability': staff,
  'person.most_households': staff,
  'person_anchor.person_id': staff,
  'person_anchor.lon': staff,
  'person_anchor.lat': staff,
  'person_anchor.path': staff,
  'person_skill.person_id': staff,
  'person_skill.skill': staff,
  'rota.set_by': staff,
  'rota_line.person_id': staff,
  'rota_line.backup_person_id': staff,
  'rota_line.set_by': staff,
  'rota_swap.person_id': staff,
  'rota_swap.backup_person_id': staff,
  'rota_swap.set_by': staff,
  'service_request.heard_by_person_id': staff,
  'absence.person_id': staff,
  'absence.backup_person_id': staff,
  'absence.from_on': staff,
  'absence.until_on': staff,
  'duty.person_id': staff,
  'liaison_scenario.leaving_person_ids': staff,
  'liaison_scenario.drafted_by_person_id': staff,
  'liaison_scenario.approved_by_person_id': staff,
  'liaison_scenario.published_by_person_id': staff,
  'liaison_solution.problem': staff,
  'liaison_solution.beside': staff,
  'liaison_solution.plan': staff,
  'liaison_door.was_person_id': staff,
  'liaison_door.solved_person_id': staff,
  'liaison_door.person_id': staff,
  'liaison_door.lived_in': register,
  'liaison_adjustment.from_person_id': staff,
  'liaison_adjustment.to_person_id': staff,
  'liaison_adjustment.by_person_id': staff,
  'liaison_adjustment.reason': staff,
  'export.by_person_id': ledger,
  'export.decided_by_person_id': ledger,
  'export.reason': ledger,
  'import.by_person_id': staff,
  'import.undone_by_person_id': staff,
  'import.sample': expires,
  'import_row.household_id': expires,
  'import_row.resident_id': expires,
  'import_row.moved_in': expires,
  'import_row.name': expires,
  'import_row.relation': expires,
  'import_row.birth_year': expires,
  'import_row.phone_sealed': expires,
  'import_row.phone_index': expires,
  'import_row.identity_sealed': expires,
  'import_row.identity_index': expires,
  'import_row.away_kind': expires,
  'import_row.away_until': expires,
  'import_row.care': expires,
  'import_row.edit_sealed': expires,
  'import_error.shown': expires,
  'import_mapping.by_person_id': staff,
  // Visits are part of the handbook: what was said there as a need is a request, and goes with it.
  'visit_rule.set_by': staff,
  'spot_rate.set_by': staff,
  'visit_rule_household.household_id': register,
  'visit_event.household_id': register,
  'visit_event.kind': register,
  'visit_event.words': register,
  'visit_event.by_person_id': staff,
  'visit_task.household_id': register,
  'visit_task.person_id': staff,
  'visit_task_entry.household_id': register,
  'visit_task_entry.words': register,
  'visit_task_entry.by_person_id': staff,
  'visit_task_entry.from_person_id': staff,
  'visit_task_entry.to_person_id': staff,
  'visit.household_id': register,
  'visit.person_id': staff,
  'visit.for_person_id': staff,
  'visit.how': register,
  'visit.words': register,
  'visit.opinion': register,
  'visit_need.household_id': register,
  'promise.household_id': register,
  'promise.person_id': staff,
  'promise.made_by_person_id': staff,
  'promise.words': register,
  'visit_confirmation.household_id': register,
  'visit_confirmation.token_digest': { stays: 'expires' },
  'visit_confirmation.answer': register,
  'visit_confirmation.words': register,
  'spot_pick.household_id': register,
  'spot_pick.words': register,
  'spot_pick.by_person_id': staff,
  'credential.person_id': staff,
  'credential.password_hash': staff,
  'credential.totp_sealed': staff,
  'credential.totp_pending_sealed': staff,
  'login_failure.login_index': { stays: 'expires' },
  'reporter.name': account,
  'reporter.phone_sealed': account,
  'reporter.phone_index': account,
  'reporter.phone_tail_index': account,
  'reporter.home_path': account,
  'reporter.home_household_id': account,
  'session.token_hash': account,
  'session.person_id': staff,
  'session.reporter_id': account,
  'session.request_ids': said,
  'phone_code.phone_index': account,
  'phone_code.code_hash': account,
  'contact_way.owner_id': account,
  'contact_way.email_sealed': account,
  'contact_way.pending_sealed': account,
  'contact_way.code_hash': account,
  'district_calendar.set_by': staff,
  'category_limit.set_by': staff,
  'category_change.set_by': staff,
  'district_hours.set_by': staff,
  'call_rate.set_by': staff,
  'message_template.set_by': staff,
  'audit_entry.actor_id': ledger,
  'audit_entry.subject_id': ledger,
  'audit_entry.reporter_id': ledger,
  'audit_entry.reason': ledger,
  'audit_entry.detail': ledger,
  'service_request.reporter_id': said,
  'service_request.place': said,
  'service_request.lon': said,
  'service_request.lat': said,
  'service_request.title': said,
  'service_request.words': said,
  'service_request.holder_person_id': staff,
  'service_request.standing': said,
  'request_confidence.title': said,
  'request_confidence.words': said,
  'request_confidence.path': said,
  'request_confidence.place': said,
  'request_confidence.lon': said,
  'request_confidence.lat': said,
  'request_entry.by_person_id': staff,
  'request_entry.by_follower_id': { stays: 'chain' },
  'request_entry.words': said,
  'request_entry.texts': said,
  'request_entry.data': said,
  'request_follower.reporter_id': account,
  'search_document.lexemes': said,
  'saved_view.person_id': staff,
  'saved_view.name': staff,
  'saved_view.query': staff,
  'person_initials.initials': staff,
  'person_initials.person_id': staff,
  'attachment.owner': said,
  'publication.title': said,
  'publication.description': said,
  'publication.cleared_by': staff,
  'publication.withdrawn_by': staff,
  'message.to_reporter_id': said,
  'message.to_person_id': staff,
  'message.params': said,
  'erasure.reporter_id': account,
  'erasure.words': proof,
  'erasure.decided_by_person_id': staff,
  'erasure_hold.words': proof,
  'erasure_hold.set_by': staff,
  'erasure_hold.ended_by': staff,
} as const satisfies Record<keyof typeof personal, Fate>
