/**
 * The registry of personal data: every column that holds any says what for, on which legal basis, how sensitive it is and
 * how long it stays (boundaries.md 2; PIPL articles 6, 13, 19, 28). Every other column is named as not personal, so that
 * a new column is a decision: `npm run check` refuses one that stands in neither list.
 */

type Sensitivity =
  /** Personal information. */
  | 'personal'
  /** Sensitive personal information (PIPL article 28): shown masked, encrypted at rest where it is a number. */
  | 'sensitive'

/** Why the field may be held. */
type Basis =
  /** PIPL 13(1): given freely with what one says; taken back by withdrawing or erasing. */
  | 'consent'
  /** PIPL 13(3): needed for a duty laid on the committee or office by law. */
  | 'statutory duty'
  /** PIPL 13(2): needed to manage one's own staff under lawful rules. */
  | 'staff management'

type Purpose =
  /** Answer what was said, and tell the one who said it. */
  | 'answer requests'
  /** Know who lives at a door, to serve the household. */
  | 'serve households'
  /** Look in on whoever needs it, as they agreed or a statute says. */
  | 'look after people'
  /** Find who lives near a household and has time for it. */
  | 'plan who serves whom'
  /** Let the right person in, and nobody else. */
  | 'sign in'
  /** Say who is answerable. */
  | 'name who answers'
  /** Show the resident who looked, and prove what was done. */
  | 'account for use'

type Retention =
  /** While the person lives here and two years after the household left. */
  | 'residence and 2 years'
  /** Five years after the request was closed, or until erased at the reporter's wish. */
  | 'request and 5 years'
  /** While the need lasts and two years. */
  | 'care and 2 years'
  /** While the post is held and as long after as the records that name it. */
  | 'service and records'
  /** Hours to days; expires by itself. */
  | 'session'
  /** Six years; the law asks for six months at least (Cybersecurity Law article 21). */
  | 'ledger, 6 years'
  /** Until the file was brought in, 30 days at most. */
  | 'import, 30 days'
  /** Until sent, then a year. */
  | 'message and 1 year'

export type PersonalField = {
  purpose: readonly Purpose[]
  basis: Basis
  sensitivity: Sensitivity
  retention: Retention
}

const staff = {
  basis: 'staff management',
  sensitivity: 'personal',
  retention: 'service and records',
} as const
const resident = {
  basis: 'statutory duty',
  sensitivity: 'personal',
  retention: 'residence and 2 years',
} as const
/** Health, disability, need: separate consent, or a statute that the entry names (PIPL articles 28 and 29). */
const cared = { basis: 'consent', sensitivity: 'sensitive', retention: 'care and 2 years' } as const
const reporter = { basis: 'consent', sensitivity: 'personal', retention: 'request and 5 years' } as const
const ledger = { basis: 'statutory duty', sensitivity: 'personal', retention: 'ledger, 6 years' } as const
const brought = { basis: 'statutory duty', sensitivity: 'personal', retention: 'import, 30 days' } as const
const session = { basis: 'consent', sensitivity: 'personal', retention: 'session' } as const
const message = { basis: 'consent', sensitivity: 'personal', retention: 'message and 1 year' } as const

/** Personal columns, by `table.column`. */
export const personal = {
  'person.name': { purpose: ['name who answers', 'sign in'], ...staff },
  'person.work_phone': { purpose: ['name who answers'], ...staff },
  'person.login': { purpose: ['sign in'], ...staff },
  'post.person_id': { purpose: ['name who answers'], ...staff },
  'post.backup_person_id': { purpose: ['name who answers'], ...staff },

  'household.dwelling_id': { purpose: ['serve households'], ...resident },
  'household.moved_in': { purpose: ['serve households'], ...resident },
  'household.moved_out': { purpose: ['serve households'], ...resident },
  'resident.household_id': { purpose: ['serve households'], ...resident },
  'resident.name': { purpose: ['serve households', 'answer requests'], ...resident },
  'resident.relation': { purpose: ['serve households'], ...resident },
  'resident.birth_year': { purpose: ['serve households'], ...resident },
  'resident.phone_sealed': {
    purpose: ['serve households', 'answer requests'],
    ...resident,
    sensitivity: 'sensitive',
  },
  'resident.phone_index': {
    purpose: ['serve households', 'answer requests'],
    ...resident,
    sensitivity: 'sensitive',
  },
  'resident.identity_sealed': { purpose: ['serve households'], ...resident, sensitivity: 'sensitive' },
  'resident.identity_index': { purpose: ['serve households'], ...resident, sensitivity: 'sensitive' },

  'resident.joined_on': { purpose: ['serve households'], ...resident },
  'resident.left_on': { purpose: ['serve households'], ...resident },
  'resident.left_kind': { purpose: ['serve households'], ...resident },
  'resident.away_kind': { purpose: ['serve households'], ...resident },
  'resident.away_until': { purpose: ['serve households'], ...resident },
  'household.note': { purpose: ['serve households'], ...resident },
  // What was entered: every field above may stand in it, phones and identity numbers sealed.
  'household_entry.fields': { purpose: ['serve households', 'look after people'], ...cared },
  'household_entry.by_person_id': { purpose: ['name who answers'], ...staff },
  'care.resident_id': { purpose: ['look after people'], ...cared },
  'care.household_id': { purpose: ['look after people'], ...cared },
  'care.kind': { purpose: ['look after people'], ...cared },
  'care.basis': { purpose: ['account for use'], ...cared },
  'care.consented_at': { purpose: ['account for use'], ...cared },
  'care.statute': { purpose: ['account for use'], ...cared },
  'care.plan': { purpose: ['look after people'], ...cared },
  'care.helper_person_id': { purpose: ['name who answers'], ...staff },
  'not_the_same.one_id': { purpose: ['serve households'], ...resident },
  'not_the_same.other_id': { purpose: ['serve households'], ...resident },
  'not_the_same.by_person_id': { purpose: ['name who answers'], ...staff },

  'person.employer_id': { purpose: ['plan who serves whom'], ...staff },
  'person.availability': { purpose: ['plan who serves whom'], ...staff },
  'person.most_households': { purpose: ['plan who serves whom'], ...staff },
  // Where somebody who serves lives: told for the plan, and read for nothing else.
  'person_anchor.person_id': { purpose: ['plan who serves whom'], ...staff },
  'person_anchor.lon': { purpose: ['plan who serves whom'], ...staff, sensitivity: 'sensitive' },
  'person_anchor.lat': { purpose: ['plan who serves whom'], ...staff, sensitivity: 'sensitive' },
  'person_anchor.path': { purpose: ['plan who serves whom'], ...staff },
  'person_skill.person_id': { purpose: ['plan who serves whom'], ...staff },
  'person_skill.skill': { purpose: ['plan who serves whom'], ...staff },
  'absence.person_id': { purpose: ['name who answers'], ...staff },
  'absence.backup_person_id': { purpose: ['name who answers'], ...staff },
  'absence.from_on': { purpose: ['name who answers'], ...staff },
  'absence.until_on': { purpose: ['name who answers'], ...staff },
  'duty.person_id': { purpose: ['name who answers'], ...staff },

  'liaison_scenario.leaving_person_ids': { purpose: ['name who answers'], ...staff },
  'liaison_scenario.drafted_by_person_id': { purpose: ['name who answers'], ...staff },
  'liaison_scenario.approved_by_person_id': { purpose: ['name who answers'], ...staff },
  'liaison_scenario.published_by_person_id': { purpose: ['name who answers'], ...staff },
  'liaison_solution.problem': { purpose: ['name who answers'], ...staff },
  'liaison_solution.beside': { purpose: ['name who answers'], ...staff },
  'liaison_solution.plan': { purpose: ['name who answers'], ...staff },
  'liaison_door.was_person_id': { purpose: ['name who answers'], ...staff },
  'liaison_door.solved_person_id': { purpose: ['name who answers'], ...staff },
  'liaison_door.person_id': { purpose: ['name who answers'], ...staff },
  // That nobody lives behind a door says something about a home.
  'liaison_door.lived_in': { purpose: ['serve households'], ...resident },
  'liaison_adjustment.from_person_id': { purpose: ['name who answers'], ...staff },
  'liaison_adjustment.to_person_id': { purpose: ['name who answers'], ...staff },
  'liaison_adjustment.by_person_id': { purpose: ['name who answers'], ...staff },
  'liaison_adjustment.reason': { purpose: ['name who answers'], ...staff },
  // A register on its way in: as it would stand in household, resident and care; phones and numbers sealed or masked.
  'import.by_person_id': { purpose: ['name who answers'], ...staff },
  'import.undone_by_person_id': { purpose: ['name who answers'], ...staff },
  'import.sample': { purpose: ['serve households'], ...brought },
  'import_row.household_id': { purpose: ['serve households'], ...brought },
  'import_row.resident_id': { purpose: ['serve households'], ...brought },
  'import_row.moved_in': { purpose: ['serve households'], ...brought },
  'import_row.name': { purpose: ['serve households'], ...brought },
  'import_row.relation': { purpose: ['serve households'], ...brought },
  'import_row.birth_year': { purpose: ['serve households'], ...brought },
  'import_row.phone_sealed': { purpose: ['serve households'], ...brought, sensitivity: 'sensitive' },
  'import_row.phone_index': { purpose: ['serve households'], ...brought, sensitivity: 'sensitive' },
  'import_row.identity_sealed': { purpose: ['serve households'], ...brought, sensitivity: 'sensitive' },
  'import_row.identity_index': { purpose: ['serve households'], ...brought, sensitivity: 'sensitive' },
  'import_row.away_kind': { purpose: ['serve households'], ...brought },
  'import_row.away_until': { purpose: ['serve households'], ...brought },
  'import_row.care': { purpose: ['look after people'], ...brought, sensitivity: 'sensitive' },
  'import_row.edit_sealed': {
    purpose: ['serve households', 'look after people'],
    ...brought,
    sensitivity: 'sensitive',
  },
  'import_error.shown': { purpose: ['serve households'], ...brought },
  'import_mapping.by_person_id': { purpose: ['name who answers'], ...staff },

  'credential.person_id': { purpose: ['sign in'], ...staff },
  'credential.password_hash': { purpose: ['sign in'], ...staff, sensitivity: 'sensitive' },
  'credential.totp_sealed': { purpose: ['sign in'], ...staff, sensitivity: 'sensitive' },
  'credential.totp_pending_sealed': { purpose: ['sign in'], ...staff, sensitivity: 'sensitive' },

  'login_failure.login_index': { purpose: ['sign in'], ...session },

  'reporter.name': { purpose: ['answer requests'], ...reporter },
  'reporter.phone_sealed': { purpose: ['answer requests', 'sign in'], ...reporter, sensitivity: 'sensitive' },
  'reporter.phone_index': { purpose: ['sign in'], ...reporter, sensitivity: 'sensitive' },
  'reporter.phone_tail_index': { purpose: ['sign in'], ...reporter },
  'reporter.home_path': { purpose: ['answer requests'], ...reporter },
  'reporter.home_household_id': { purpose: ['answer requests'], ...reporter },

  'session.token_hash': { purpose: ['sign in'], ...session },
  'session.person_id': { purpose: ['sign in'], ...session },
  'session.reporter_id': { purpose: ['sign in'], ...session },
  'session.request_ids': { purpose: ['sign in'], ...session },
  'phone_code.phone_index': { purpose: ['sign in'], ...session, sensitivity: 'sensitive' },
  'phone_code.code_hash': { purpose: ['sign in'], ...session },

  'district_calendar.set_by': { purpose: ['name who answers'], ...staff },
  'call_rate.set_by': { purpose: ['name who answers'], ...staff },
  'category_limit.set_by': { purpose: ['name who answers'], ...staff },
  'category_change.set_by': { purpose: ['name who answers'], ...staff },
  'district_hours.set_by': { purpose: ['name who answers'], ...staff },

  'field_device.person_id': { purpose: ['name who answers'], ...staff },
  'field_device.label': { purpose: ['sign in'], ...staff },
  'field_device.secret_sealed': { purpose: ['sign in'], ...staff, sensitivity: 'sensitive' },
  'field_device.withdrawn_by': { purpose: ['name who answers'], ...staff },
  'field_entry.person_id': { purpose: ['name who answers'], ...staff },
  'field_entry.household_id': { purpose: ['serve households'], ...resident },
  'field_entry.data_sealed': { purpose: ['serve households'], ...resident, sensitivity: 'sensitive' },
  'field_entry.decided_by_id': { purpose: ['name who answers'], ...staff },
  'field_entry.decision_words': { purpose: ['serve households'], ...resident },
  'field_file.person_id': { purpose: ['name who answers'], ...staff },

  'audit_entry.actor_id': { purpose: ['account for use'], ...ledger },
  'audit_entry.subject_id': { purpose: ['account for use'], ...ledger },
  'audit_entry.reporter_id': { purpose: ['account for use'], ...ledger },
  'audit_entry.reason': { purpose: ['account for use'], ...ledger },
  'audit_entry.detail': { purpose: ['account for use'], ...ledger },

  'service_request.reporter_id': { purpose: ['answer requests'], ...reporter },
  'service_request.place': { purpose: ['answer requests'], ...reporter },
  'service_request.lon': { purpose: ['answer requests'], ...reporter, sensitivity: 'sensitive' },
  'service_request.lat': { purpose: ['answer requests'], ...reporter, sensitivity: 'sensitive' },
  'service_request.title': { purpose: ['answer requests'], ...reporter },
  'service_request.words': { purpose: ['answer requests'], ...reporter },
  'service_request.holder_person_id': { purpose: ['name who answers'], ...staff },
  'service_request.standing': { purpose: ['answer requests', 'name who answers'], ...reporter },
  'request_confidence.title': { purpose: ['answer requests'], ...reporter },
  'request_confidence.words': { purpose: ['answer requests'], ...reporter },
  'request_confidence.path': { purpose: ['answer requests'], ...reporter },
  'request_confidence.place': { purpose: ['answer requests'], ...reporter },
  'request_confidence.lon': { purpose: ['answer requests'], ...reporter, sensitivity: 'sensitive' },
  'request_confidence.lat': { purpose: ['answer requests'], ...reporter, sensitivity: 'sensitive' },
  'request_entry.by_person_id': { purpose: ['name who answers'], ...staff },
  'request_entry.by_follower_id': { purpose: ['answer requests'], ...reporter },
  'request_follower.reporter_id': { purpose: ['answer requests'], ...reporter },
  'request_entry.words': { purpose: ['answer requests'], ...reporter },
  'request_entry.texts': { purpose: ['answer requests'], ...reporter },
  'request_entry.data': { purpose: ['answer requests'], ...reporter },
  // Every pair of characters of what was said; names and phones of reporters as keyed digests.
  'search_document.lexemes': { purpose: ['answer requests'], ...reporter },
  'saved_view.person_id': { purpose: ['answer requests'], ...staff },
  'saved_view.name': { purpose: ['answer requests'], ...staff },
  'saved_view.query': { purpose: ['answer requests'], ...staff },
  'person_initials.initials': { purpose: ['name who answers'], ...staff },
  'person_initials.person_id': { purpose: ['name who answers'], ...staff },

  'erasure.reporter_id': { purpose: ['account for use'], ...reporter },
  'erasure.words': { purpose: ['account for use'], ...reporter },
  'erasure.decided_by_person_id': { purpose: ['name who answers'], ...staff },
  'erasure_hold.words': { purpose: ['account for use'], ...ledger },
  'erasure_hold.set_by': { purpose: ['name who answers'], ...staff },
  'erasure_hold.ended_by': { purpose: ['name who answers'], ...staff },
  'attachment.owner': { purpose: ['answer requests'], ...session },

  // Freed of whatever is personal before it is cleared; declared all the same, so that an erasure looks here too (RQ15).
  'publication.title': { purpose: ['answer requests'], ...reporter },
  'publication.description': { purpose: ['answer requests'], ...reporter },
  'publication.cleared_by': { purpose: ['name who answers'], ...staff },
  'publication.withdrawn_by': { purpose: ['name who answers'], ...staff },
  // How somebody asked to be told; taken back by removing the address, and with the request's erasure.
  'contact_way.owner_id': { purpose: ['answer requests'], ...reporter },
  'contact_way.email_sealed': { purpose: ['answer requests'], ...reporter, sensitivity: 'sensitive' },
  'contact_way.pending_sealed': { purpose: ['answer requests'], ...session, sensitivity: 'sensitive' },
  'contact_way.code_hash': { purpose: ['sign in'], ...session },
  'message_template.set_by': { purpose: ['name who answers'], ...staff },

  'message.to_reporter_id': { purpose: ['answer requests'], ...message },
  'message.to_person_id': { purpose: ['answer requests'], ...message },
  'message.params': { purpose: ['answer requests'], ...message },
} as const satisfies Record<string, PersonalField>

/** Columns that say nothing about a person, by table. `district_code` is in every table and never personal. */
export const notPersonal: Record<string, readonly string[]> = {
  area: ['path', 'code', 'kind', 'parent_path', 'name', 'village', 'lon', 'lat', 'grid_kind'],
  area_level: ['kind', 'under'],
  grid_part: ['id', 'part_path', 'grid_path', 'valid_from', 'valid_until'],
  building: ['path', 'floors', 'units', 'footprint'],
  district: ['name', 'code_prefix'],
  // The phone of an organisation is that of its desk.
  organisation: [
    'id',
    'kind',
    'name',
    'short_name',
    'parent_id',
    'path',
    'desk_level',
    'phone',
    'active',
    'version',
  ],
  person: ['id', 'active', 'version', 'created_at'],
  post: ['id', 'organisation_id', 'role', 'path', 'valid_from', 'valid_until', 'version'],
  // A dwelling is a door; who lives behind it stands in household and resident.
  dwelling: ['id', 'path', 'floor', 'number'],
  household: ['id', 'path', 'version', 'merged_into_id'],
  resident: ['id', 'path', 'version', 'merged_into_id'],
  household_entry: [
    'id',
    'household_id',
    'path',
    'base_version',
    'version',
    'kind',
    'other_household_id',
    'undoes_id',
    'at',
    'device_at',
    'fate',
  ],
  household_conflict: [
    'id',
    'household_id',
    'path',
    'field',
    'entry_ids',
    'opened_at',
    'resolved_at',
    'resolved_entry_id',
  ],
  care: ['id', 'path', 'review_on', 'ended_on', 'version'],
  not_the_same: ['kind', 'path', 'at'],
  person_anchor: ['id', 'kind'],
  organisation_pair: ['organisation_id', 'path'],
  absence: ['id', 'version'],
  duty: ['id', 'dwelling_id', 'path', 'plan_id', 'valid_from', 'valid_until'],
  import: [
    'id',
    'kind',
    'path',
    'file_name',
    'bytes',
    'state',
    'shape',
    'sheet',
    'header_row',
    'header',
    'mapping',
    'mode',
    'rows_done',
    'rows_total',
    'counts',
    'error_kinds',
    'fault',
    'created_at',
    'changed_at',
    'applied_at',
    'undone_at',
    'purged_at',
    'version',
  ],
  import_row: ['import_id', 'row', 'path', 'dwelling_id', 'is_new', 'fate'],
  import_error: ['import_id', 'path', 'row', 'col', 'code', 'params'],
  import_effect: ['import_id', 'record_id', 'path', 'entry_id', 'made', 'version', 'undone'],
  import_mapping: ['kind', 'fingerprint', 'mapping', 'used_at'],
  credential: ['must_change', 'totp_last_step', 'changed_at'],
  login_failure: ['failures', 'last_at', 'locked_until'],
  reporter: ['id', 'proven', 'created_at'],
  session: ['kind', 'created_at', 'expires_at', 'ended_at'],
  phone_code: ['tries', 'sent_at', 'expires_at', 'day_count', 'day_since'],
  follow_failure: ['code', 'failures', 'since'],
  category: [
    'code',
    'name_zh',
    'name_en',
    'group_zh',
    'group_en',
    'leads',
    'helpers',
    'needed',
    'active',
    'version',
  ],
  district_calendar: ['hours', 'published', 'version', 'set_at'],
  category_limit: ['category_code', 'valid_from', 'version', 'steps', 'set_at'],
  category_change: [
    'category_code',
    'valid_from',
    'version',
    'leads',
    'helpers',
    'needed',
    'active',
    'set_at',
  ],
  district_hours: ['valid_from', 'version', 'hours', 'set_at'],
  holiday: ['day', 'working', 'name'],
  audit_entry: [
    'lane',
    'seq',
    'at',
    'actor_kind',
    'organisation_id',
    'action',
    'purpose',
    'subject_kind',
    'path',
    'hash',
  ],
  audit_head: ['lane', 'seq', 'hash'],
  service_request: [
    'id',
    'code',
    'path',
    'channel',
    'confidential',
    'complained_of',
    'about_request_id',
    'submitted_at',
    'state',
    'level',
    'holder_organisation_id',
    'category_code',
    'urgency',
    'due_at',
    'next_alarm_at',
    'overdue',
    'satisfaction',
    'proposed',
    'excluded',
    'last_entry_at',
    'seq',
    'hash',
    'erased',
    'erased_at',
  ],
  request_confidence: ['request_id'],
  call_draw: ['day', 'seed', 'percent', 'from_at', 'until_at', 'pools', 'made_at'],
  call_pick: ['request_id', 'day', 'organisation_id', 'done_at'],
  call_rate: ['percent', 'version', 'set_at'],
  request_party: ['request_id', 'organisation_id', 'role', 'since'],
  request_entry: [
    'request_id',
    'seq',
    'id',
    'kind',
    'at',
    'channel',
    'by_kind',
    'by_organisation_id',
    'visible',
    'words_salt',
    'words_digest',
    'hash',
  ],
  request_follower: [
    'id',
    'request_id',
    'code',
    'title',
    'since',
    'until',
    'from_request_id',
    'came_with_id',
  ],
  erasure: [
    'id',
    'scope',
    'request_id',
    'code',
    'asked_at',
    'due_at',
    'state',
    'ground',
    'decided_at',
    'erased_at',
    'done_at',
    'counts',
    'files',
  ],
  erasure_hold: ['id', 'request_id', 'code', 'ground', 'set_at', 'until', 'ended_at'],
  // The files themselves lie outside the database under the id; position and device data are taken out on arrival.
  attachment: [
    'id',
    'request_id',
    'entry_id',
    'kind',
    'media_type',
    'bytes',
    'width',
    'height',
    'seconds',
    'sha256',
    'cleared',
    'created_at',
  ],
  message: [
    'id',
    'channel',
    'to_organisation_id',
    'template',
    'request_id',
    'state',
    'tries',
    'try_at',
    'reason',
    'detail',
    'created_at',
    'sent_at',
    'read_at',
    'written_in',
    'erased_at',
  ],
  contact_way: [
    'owner_kind',
    'by_sms',
    'by_email',
    'code_tries',
    'code_sent_at',
    'code_expires_at',
    'code_count',
    'language',
    'changed_at',
  ],
  message_template: [
    'template',
    'channel',
    'audience',
    'language',
    'version',
    'valid_from',
    'words',
    'subject',
    'set_at',
  ],
  // A program, not a person; of its key only the digest is kept.
  api_client: ['id', 'name', 'key_digest', 'abilities', 'answers', 'created_at', 'ended_at'],
  open311_request: ['request_id', 'client_id', 'received_at'],
  publication: ['id', 'request_id', 'entry_id', 'cleared_for', 'cleared_at', 'withdrawn_at'],
  search_document: ['request_id', 'at', 'guarded'],
  search_stale: ['request_id'],
  saved_view: ['id', 'organisation_id', 'changed_at'],
  // Terms that at least five reporters used, and no names among them: nothing of one person's.
  suggestion_model: [
    'kind',
    'version',
    'trained_at',
    'terms',
    'labels',
    'rarity',
    'weights',
    'offsets',
    'unknown_rarity',
    'sharpness',
    'threshold',
    'texts',
    'figures',
  ],
  suggestion_offer: [
    'request_id',
    'path',
    'model_version',
    'offered_at',
    'category_code',
    'category_sure',
    'urgency',
    'urgency_sure',
    'handler_id',
    'chosen_category',
    'chosen_urgency',
    'chosen_handler_id',
  ],
  field_device: ['id', 'registered_at', 'seen_at', 'horizon', 'withdrawn_at', 'withdrawn_for'],
  // Of a problem the code and the field; what was said stands sealed.
  field_entry: [
    'id',
    'seq',
    'device_id',
    'kind',
    'path',
    'base_version',
    'device_at',
    'made_at',
    'received_at',
    'fate',
    'problem',
    'contested',
    'request_ids',
    'digest',
    'mended_by_id',
    'decided_at',
    'decision',
    'changed_in',
  ],
  field_file: ['entry_id', 'attachment_id', 'about', 'about_id', 'state', 'since'],
  liaison_scenario: [
    'id',
    'path',
    'name',
    'state',
    'version',
    'starts_on',
    'least',
    'most',
    'rural_least',
    'rural_most',
    'stability',
    'drafted_at',
    'run',
    'run_at',
    'run_tries',
    'run_progress',
    'run_cancelled',
    'run_failed',
    'approved_at',
    'approved_words',
    'published_at',
  ],
  liaison_solution: ['scenario_id', 'solved_at'],
  liaison_door: ['scenario_id', 'dwelling_id', 'path', 'floor', 'number'],
  liaison_adjustment: [
    'id',
    'scenario_id',
    'seq',
    'run',
    'undoes_id',
    'unit_path',
    'dwelling_ids',
    'more_metres',
    'at',
  ],
  worker_alive: ['worker_id', 'seen_at'],
}
