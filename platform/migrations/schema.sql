-- Made by "npm run -s admin -- schema"; a test compares it. Not applied anywhere: see the numbered files.

-- tables

table absence (row security)
  backup_person_id uuid not null
  district_code text not null
  from_on date not null
  id uuid not null
  person_id uuid not null
  until_on date
  version integer not null default 1

table api_client (row security)
  abilities text[] not null
  answers text not null default 'id'::text
  created_at timestamp with time zone not null
  district_code text not null
  ended_at timestamp with time zone
  id uuid not null
  key_digest text not null
  name text not null

table area (row security)
  code text collate "C" not null
  district_code text not null
  grid_kind text
  kind text not null
  lat double precision
  lon double precision
  name text not null
  parent_path text collate "C"
  path text collate "C" not null
  village boolean not null default false

table area_level (row security)
  district_code text not null
  kind text not null
  under text[] not null

table attachment (row security)
  bytes integer not null
  cleared boolean not null default false
  created_at timestamp with time zone not null
  district_code text not null
  entry_id uuid
  height integer
  id uuid not null
  kind text not null
  media_type text not null
  owner text not null
  request_id uuid
  seconds integer
  sha256 bytea not null
  visit_id uuid
  width integer

table audit_entry (row security)
  action text not null
  actor_id uuid
  actor_kind text not null
  at timestamp with time zone not null
  detail jsonb not null default '{}'::jsonb
  district_code text not null
  hash bytea not null
  lane smallint not null
  organisation_id uuid
  path text collate "C"
  purpose text not null
  reason text
  reporter_id uuid
  seq bigint not null
  subject_id uuid
  subject_kind text

table audit_head (row security)
  district_code text not null
  hash bytea not null
  lane smallint not null
  seq bigint not null

table building (row security)
  district_code text not null
  floors smallint not null
  footprint jsonb not null
  path text collate "C" not null
  units smallint not null

table call_draw (row security)
  day date not null
  district_code text not null
  from_at timestamp with time zone not null
  made_at timestamp with time zone not null
  percent integer not null
  pools jsonb not null
  seed text not null
  until_at timestamp with time zone not null

table call_pick (row security)
  day date not null
  district_code text not null
  done_at timestamp with time zone
  organisation_id uuid not null
  request_id uuid not null

table call_rate (row security)
  district_code text not null
  percent integer not null
  set_at timestamp with time zone not null
  set_by uuid
  version integer not null

table care (row security)
  basis text not null
  consented_at date
  district_code text not null
  ended_on date
  helper_person_id uuid
  household_id uuid not null
  id uuid not null
  kind text not null
  path text collate "C" not null
  plan text
  resident_id uuid not null
  review_on date not null
  statute text
  version integer not null default 1

table category (row security)
  active boolean not null default true
  code text collate "C" not null
  district_code text not null
  group_en text not null
  group_zh text not null
  helpers text[] not null default '{}'::text[]
  leads text[] not null
  name_en text not null
  name_zh text not null
  needed jsonb not null default '[]'::jsonb
  version integer not null default 1

table category_change (row security)
  active boolean
  category_code text collate "C" not null
  district_code text not null
  helpers text[]
  leads text[]
  needed jsonb
  set_at timestamp with time zone not null
  set_by uuid
  valid_from timestamp with time zone not null
  version integer not null

table category_limit (row security)
  category_code text collate "C" not null
  district_code text not null
  set_at timestamp with time zone not null
  set_by uuid
  steps jsonb not null
  valid_from timestamp with time zone not null
  version integer not null default 1

table chuanmen_installation
  demo text
  key_fingerprint text not null
  made_at timestamp with time zone not null default now()
  only_row boolean not null default true

table chuanmen_migration
  applied_at timestamp with time zone not null default now()
  checksum text not null
  name text not null

table contact_way (row security)
  by_email boolean not null default false
  by_sms boolean not null default true
  changed_at timestamp with time zone not null
  code_count smallint not null default 0
  code_expires_at timestamp with time zone
  code_hash text
  code_sent_at timestamp with time zone
  code_tries smallint not null default 0
  declined text[] not null default '{}'::text[]
  digest_at smallint
  district_code text not null
  email_sealed bytea
  language text not null default 'zh-CN'::text
  owner_id uuid not null
  owner_kind text not null
  pending_sealed bytea
  quiet_from smallint
  quiet_until smallint

table credential (row security)
  changed_at timestamp with time zone not null
  district_code text not null
  must_change boolean not null default false
  password_hash text not null
  person_id uuid not null
  totp_last_step bigint
  totp_pending_sealed bytea
  totp_sealed bytea

table dispatch_choice (row security)
  at timestamp with time zone not null
  category_code text collate "C"
  chosen_id uuid not null
  district_code text not null
  entry_id uuid not null
  path text collate "C" not null
  precedent_id uuid
  proposed_id uuid
  request_id uuid not null
  rule_id uuid
  rule_version integer
  turn integer not null
  why text not null

table dispatch_step (row security)
  district_code text not null
  due_at timestamp with time zone
  organisation_id uuid not null
  request_id uuid not null
  since timestamp with time zone not null
  step text not null
  told_at timestamp with time zone
  urgent boolean not null

table district
  code_prefix text not null
  district_code text not null
  name text not null

table district_calendar (row security)
  district_code text not null
  hours jsonb
  published integer[] not null default '{}'::integer[]
  set_at timestamp with time zone not null
  set_by uuid
  version integer not null default 1

table district_hours (row security)
  district_code text not null
  hours jsonb not null
  set_at timestamp with time zone not null
  set_by uuid
  valid_from date not null
  version integer not null

table duty (row security)
  district_code text not null
  dwelling_id uuid not null
  id uuid not null
  path text collate "C" not null
  person_id uuid not null
  plan_id uuid
  valid_from date not null
  valid_until date

table dwelling (row security)
  district_code text not null
  floor smallint not null
  id uuid not null
  number text not null
  path text collate "C" not null

table erasure (row security)
  asked_at timestamp with time zone not null
  code text collate "C"
  counts jsonb not null default '{}'::jsonb
  decided_at timestamp with time zone
  decided_by_person_id uuid
  district_code text not null
  done_at timestamp with time zone
  due_at timestamp with time zone not null
  erased_at timestamp with time zone
  files text[] not null default '{}'::text[]
  ground text
  id uuid not null
  reporter_id uuid
  request_id uuid
  scope text not null
  state text not null
  words text

table erasure_hold (row security)
  code text collate "C" not null
  district_code text not null
  ended_at timestamp with time zone
  ended_by uuid
  ground text not null
  id uuid not null
  request_id uuid not null
  set_at timestamp with time zone not null
  set_by uuid not null
  until timestamp with time zone
  words text not null

table export (row security)
  by_person_id uuid not null
  created_at timestamp with time zone not null
  decided_at timestamp with time zone
  decided_by_person_id uuid
  district_code text not null
  expires_at timestamp with time zone not null
  fetched integer not null default 0
  format text not null
  id uuid not null
  list text not null
  path text collate "C" not null
  query jsonb not null
  reason text not null
  rows integer not null
  state text not null

table field_device (row security)
  district_code text not null
  horizon bigint not null default 0
  id uuid not null
  label text not null
  person_id uuid not null
  registered_at timestamp with time zone not null
  secret_sealed bytea not null
  seen_at timestamp with time zone not null
  withdrawn_at timestamp with time zone
  withdrawn_by uuid
  withdrawn_for text

table field_entry (row security)
  base_version integer
  changed_in bigint not null default ((pg_current_xact_id())::text)::bigint
  contested text[] not null default '{}'::text[]
  data_sealed bytea
  decided_at timestamp with time zone
  decided_by_id uuid
  decision text
  decision_words text
  device_at timestamp with time zone not null
  device_id uuid not null
  digest text not null
  district_code text not null
  fate text not null
  household_id uuid
  id uuid not null
  kind text not null
  made_at timestamp with time zone not null
  mended_by_id uuid
  path text collate "C"
  person_id uuid not null
  problem jsonb
  received_at timestamp with time zone not null
  request_ids uuid[] not null default '{}'::uuid[]
  seq bigint not null generated always as identity

table field_file (row security)
  about text not null
  about_id uuid not null
  attachment_id uuid not null
  district_code text not null
  entry_id uuid not null
  person_id uuid not null
  since timestamp with time zone not null
  state text not null default 'awaited'::text

table field_holding (row security)
  device_id uuid not null
  district_code text not null
  given_in bigint not null
  gone_at timestamp with time zone
  gone_in bigint
  household_id uuid not null
  path text collate "C" not null
  person_id uuid not null
  told_on date not null
  via_person_id uuid not null

table field_mark (row security)
  changed_in bigint not null
  district_code text not null
  household_id uuid not null
  marked_at timestamp with time zone not null default now()

table follow_failure (row security)
  code text not null
  district_code text not null
  failures smallint not null
  since timestamp with time zone not null

table grid_matter_list (row security)
  district_code text not null
  groups jsonb not null
  set_at timestamp with time zone not null
  set_by uuid not null
  version integer not null

table grid_part (row security)
  district_code text not null
  grid_path text collate "C" not null
  id uuid not null
  part_path text collate "C" not null
  valid_from date not null
  valid_until date

table grid_push (row security)
  decided_at timestamp with time zone
  decided_by uuid
  decision_words text
  district_code text not null
  ends_on date
  hours integer
  id uuid not null
  made_at timestamp with time zone not null
  made_by uuid not null
  matter_code text
  organisation_id uuid not null
  path text collate "C" not null
  purpose text
  starts_on date not null
  state text not null
  title text not null
  version integer not null default 1
  words text not null

table holiday (row security)
  day date not null
  district_code text not null
  name text not null
  working boolean not null

table household (row security)
  district_code text not null
  dwelling_id uuid not null
  id uuid not null
  merged_into_id uuid
  moved_in date
  moved_out date
  note text
  path text collate "C" not null
  version integer not null default 1

table household_conflict (row security)
  district_code text not null
  entry_ids uuid[] not null
  field text not null
  household_id uuid not null
  id uuid not null
  opened_at timestamp with time zone not null
  path text collate "C" not null
  resolved_at timestamp with time zone
  resolved_entry_id uuid

table household_entry (row security)
  at timestamp with time zone not null
  base_version integer not null
  by_person_id uuid
  device_at timestamp with time zone not null
  district_code text not null
  fate text not null
  fields jsonb not null default '{}'::jsonb
  household_id uuid not null
  id uuid not null
  kind text not null
  other_household_id uuid
  path text collate "C" not null
  undoes_id uuid
  version integer not null

table import (row security)
  applied_at timestamp with time zone
  by_person_id uuid not null
  bytes bigint not null
  changed_at timestamp with time zone not null
  counts jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null
  district_code text not null
  error_kinds jsonb not null default '{}'::jsonb
  fault jsonb
  file_name text not null
  header text[]
  header_row integer
  id uuid not null
  kind text not null
  mapping text[]
  mode text
  path text collate "C" not null
  purged_at timestamp with time zone
  rows_done integer not null default 0
  rows_total integer
  sample jsonb
  shape jsonb
  sheet text
  state text not null
  undone_at timestamp with time zone
  undone_by_person_id uuid
  version integer not null default 1

table import_effect (row security)
  district_code text not null
  entry_id uuid
  import_id uuid not null
  made boolean not null
  path text collate "C" not null
  record_id uuid not null
  undone text
  version integer not null

table import_error (row security)
  code text not null
  col smallint not null
  district_code text not null
  import_id uuid not null
  params jsonb not null default '{}'::jsonb
  path text collate "C" not null
  "row" integer not null
  shown text not null

table import_mapping (row security)
  by_person_id uuid not null
  district_code text not null
  fingerprint text not null
  kind text not null
  mapping text[] not null
  used_at timestamp with time zone not null

table import_row (row security)
  away_kind text
  away_until date
  birth_year smallint
  care jsonb
  district_code text not null
  dwelling_id uuid
  edit_sealed bytea
  fate text not null
  household_id uuid not null
  identity_index text
  identity_sealed bytea
  import_id uuid not null
  is_new boolean not null
  moved_in date
  name text
  path text collate "C" not null
  phone_index text
  phone_sealed bytea
  relation text
  resident_id uuid not null
  "row" integer not null

table joint_meeting (row security)
  chair text not null
  district_code text not null
  id uuid not null
  level text not null
  made_at timestamp with time zone not null
  mark text not null default ''::text
  name text not null
  organisation_id uuid not null
  path text collate "C" not null
  version integer not null default 1

table liaison_adjustment (row security)
  at timestamp with time zone not null
  by_person_id uuid not null
  district_code text not null
  dwelling_ids uuid[] not null
  from_person_id uuid
  id uuid not null
  more_metres integer not null
  reason text not null
  run integer not null
  scenario_id uuid not null
  seq integer not null
  to_person_id uuid
  undoes_id uuid
  unit_path text collate "C" not null

table liaison_door (row security)
  district_code text not null
  dwelling_id uuid not null
  floor smallint not null
  lived_in boolean not null
  number text not null
  path text collate "C" not null
  person_id uuid
  scenario_id uuid not null
  solved_person_id uuid
  was_person_id uuid

table liaison_scenario (row security)
  approved_at timestamp with time zone
  approved_by_person_id uuid
  approved_words text
  district_code text not null
  drafted_at timestamp with time zone not null
  drafted_by_person_id uuid not null
  id uuid not null
  "least" smallint not null
  leaving_person_ids uuid[] not null default '{}'::uuid[]
  most smallint not null
  name text not null
  path text collate "C" not null
  published_at timestamp with time zone
  published_by_person_id uuid
  run integer not null default 0
  run_at timestamp with time zone
  run_cancelled boolean not null default false
  run_failed text
  run_progress jsonb
  run_tries smallint not null default 0
  rural_least smallint not null
  rural_most smallint not null
  stability integer not null
  starts_on date not null
  state text not null
  version integer not null default 1

table liaison_solution (row security)
  beside jsonb not null
  district_code text not null
  plan jsonb
  problem jsonb not null
  scenario_id uuid not null
  solved_at timestamp with time zone

table login_failure (row security)
  district_code text not null
  failures smallint not null
  last_at timestamp with time zone not null
  locked_until timestamp with time zone
  login_index text not null

table mediation (row security)
  district_code text not null
  follow_up_on date
  id uuid not null
  opened_at timestamp with time zone not null
  opened_by uuid not null
  organisation_id uuid not null
  path text collate "C" not null
  request_id uuid
  state text not null
  title text not null
  version integer not null

table mediation_entry (row security)
  at timestamp with time zone not null
  by_person_id uuid not null
  district_code text not null
  id uuid not null
  kind text not null
  mediation_id uuid not null
  on_day date not null
  organisation_id uuid not null
  seq integer not null
  words text

table mediation_mediator (row security)
  district_code text not null
  mediation_id uuid not null
  organisation_id uuid not null
  person_id uuid not null
  since timestamp with time zone not null
  until timestamp with time zone

table mediation_party (row security)
  district_code text not null
  id uuid not null
  mediation_id uuid not null
  name text not null
  organisation_id uuid not null
  resident_id uuid

table meeting (row security)
  at timestamp with time zone not null
  called_at timestamp with time zone
  district_code text not null
  held_at timestamp with time zone
  id uuid not null
  joint_id uuid not null
  made_at timestamp with time zone not null
  made_by_person_id uuid not null
  number integer
  opened_at timestamp with time zone
  path text collate "C" not null
  place text not null
  state text not null
  version integer not null default 1
  year integer

table meeting_item (row security)
  assisting uuid[] not null default '{}'::uuid[]
  category_code text collate "C"
  decided_at timestamp with time zone
  decided_by_person_id uuid
  demand text
  district_code text not null
  due_at timestamp with time zone
  effect text
  guarded boolean not null default false
  id uuid not null
  keeps_precedent boolean not null default false
  lead_organisation_id uuid
  meeting_id uuid not null
  outcome text
  path text collate "C" not null
  reasons jsonb not null default '[]'::jsonb
  request_id uuid
  seq integer not null
  tabled_at timestamp with time zone
  title text
  words text

table meeting_member (row security)
  attendance text
  attended_by text
  district_code text not null
  kind text not null
  meeting_id uuid not null
  organisation_id uuid not null
  post text not null
  seat integer not null

table meeting_seat (row security)
  district_code text not null
  joint_id uuid not null
  organisation_id uuid not null
  post text not null
  seat integer not null

table message (row security)
  bundle_id uuid
  channel text not null
  created_at timestamp with time zone not null
  detail text
  device_id uuid
  digest boolean not null default false
  district_code text not null
  erased_at timestamp with time zone
  id uuid not null
  not_before timestamp with time zone
  params jsonb not null
  read_at timestamp with time zone
  reason text
  request_id uuid
  sent_at timestamp with time zone
  state text not null
  template text not null
  to_organisation_id uuid
  to_person_id uuid
  to_reporter_id uuid
  tries smallint not null default 0
  try_at timestamp with time zone
  urgent boolean not null default false
  written_in bigint not null default ((pg_current_xact_id())::text)::bigint

table message_template (row security)
  audience text not null
  channel text not null
  district_code text not null
  language text not null
  set_at timestamp with time zone not null
  set_by uuid
  subject text
  template text not null
  valid_from timestamp with time zone not null
  version integer not null
  words text

table not_the_same (row security)
  at timestamp with time zone not null
  by_person_id uuid not null
  district_code text not null
  kind text not null
  one_id uuid not null
  other_id uuid not null
  path text collate "C" not null

table notify_setting (row security)
  district_code text not null
  quiet_from smallint not null
  quiet_until smallint not null
  set_at timestamp with time zone not null
  set_by uuid
  version integer not null

table offer (row security)
  at timestamp with time zone not null
  by_person_id uuid not null
  district_code text not null
  hours smallint not null
  id uuid not null
  lat double precision
  lon double precision
  organisation_id uuid not null
  over_at timestamp with time zone
  over_for text
  path text collate "C" not null
  request_id uuid not null
  round smallint not null default 1
  round_ends_at timestamp with time zone
  skills text[] not null default '{}'::text[]
  slots text[] not null default '{}'::text[]
  state text not null default 'open'::text
  taken_at timestamp with time zone
  taken_by_person_id uuid

table offer_ask (row security)
  answer text
  answered_at timestamp with time zone
  asked_at timestamp with time zone not null
  basis text
  cost integer not null
  district_code text not null
  offer_id uuid not null
  parts jsonb not null
  person_id uuid not null
  rank smallint not null
  round smallint not null
  skills text[] not null default '{}'::text[]
  until_at timestamp with time zone not null

table open311_request (row security)
  client_id uuid not null
  district_code text not null
  received_at timestamp with time zone not null
  request_id uuid not null

table organisation (row security)
  active boolean not null default true
  desk_level text
  district_code text not null
  id uuid not null
  kind text not null
  name text not null
  parent_id uuid
  path text collate "C" not null
  phone text
  short_name text not null
  version integer not null default 1

table organisation_pair (row security)
  district_code text not null
  organisation_id uuid not null
  path text collate "C" not null

table person (row security)
  active boolean not null default true
  availability text[] not null default '{}'::text[]
  created_at timestamp with time zone not null
  district_code text not null
  employer_id uuid
  id uuid not null
  login text
  most_households smallint
  name text not null
  version integer not null default 1
  work_phone text

table person_anchor (row security)
  district_code text not null
  id uuid not null
  kind text not null
  lat double precision not null
  lon double precision not null
  path text collate "C"
  person_id uuid not null

table person_initials (row security)
  district_code text not null
  initials text collate "C"
  person_id uuid not null

table person_skill (row security)
  district_code text not null
  person_id uuid not null
  skill text not null

table phone_code (row security)
  code_hash text
  day_count smallint not null
  day_since timestamp with time zone not null
  district_code text not null
  expires_at timestamp with time zone not null
  phone_index text not null
  sent_at timestamp with time zone not null
  tries smallint not null default 0

table post (row security)
  backup_person_id uuid
  district_code text not null
  id uuid not null
  organisation_id uuid not null
  path text collate "C" not null
  person_id uuid not null
  role text not null
  valid_from timestamp with time zone not null
  valid_until timestamp with time zone
  version integer not null default 1

table precedent (row security)
  at timestamp with time zone not null
  basis text not null
  by_organisation_id uuid
  by_person_id uuid
  category_code text collate "C" not null
  district_code text not null
  ended_at timestamp with time zone
  id uuid not null
  organisation_id uuid not null
  path text collate "C" not null
  request_id uuid
  words text

table promise (row security)
  at_time time without time zone
  district_code text not null
  ended_by_visit_id uuid
  ended_on date
  household_id uuid not null
  id uuid not null
  made_at timestamp with time zone not null
  made_by_person_id uuid not null
  on_day date not null
  path text collate "C" not null
  person_id uuid
  state text not null default 'open'::text
  visit_id uuid
  words text

table publication (row security)
  cleared_at timestamp with time zone not null
  cleared_by uuid not null
  cleared_for uuid not null
  description text not null
  district_code text not null
  entry_id uuid
  id uuid not null
  request_id uuid not null
  title text
  withdrawn_at timestamp with time zone
  withdrawn_by uuid

table push_subscription (row security)
  created_at timestamp with time zone not null
  district_code text not null
  door text not null
  endpoint_index text not null
  id uuid not null
  label text
  owner_id uuid not null
  target_sealed bytea not null

table reporter (row security)
  created_at timestamp with time zone not null
  district_code text not null
  home_household_id uuid
  home_path text collate "C"
  id uuid not null
  name text
  phone_index text
  phone_sealed bytea
  phone_tail_index text
  proven boolean not null default false

table request_confidence (row security)
  district_code text not null
  lat double precision
  lon double precision
  path text collate "C" not null
  place text not null
  request_id uuid not null
  title text not null
  words text not null

table request_entry (row security)
  at timestamp with time zone not null
  by_follower_id uuid
  by_kind text not null
  by_organisation_id uuid
  by_person_id uuid
  channel text not null
  data jsonb not null
  district_code text not null
  hash bytea not null
  id uuid not null
  kind text not null
  request_id uuid not null
  seq integer not null
  texts jsonb
  visible boolean not null
  words text
  words_digest bytea
  words_salt bytea

table request_follower (row security)
  came_with_id uuid
  code text collate "C" not null
  district_code text not null
  from_request_id uuid
  id uuid not null
  reporter_id uuid not null
  request_id uuid not null
  since timestamp with time zone not null
  title text
  until timestamp with time zone

table request_part (row security)
  district_code text not null
  due_at timestamp with time zone not null
  id uuid not null
  organisation_id uuid
  overdue boolean not null
  person_id uuid
  request_id uuid not null
  state text not null

table request_party (row security)
  district_code text not null
  organisation_id uuid not null
  request_id uuid not null
  role text not null
  since timestamp with time zone not null

table resident (row security)
  away_kind text
  away_until date
  birth_year smallint
  district_code text not null
  household_id uuid not null
  id uuid not null
  identity_index text
  identity_sealed bytea
  joined_on date
  left_kind text
  left_on date
  merged_into_id uuid
  name text not null
  path text collate "C" not null
  phone_index text
  phone_sealed bytea
  relation text not null
  version integer not null default 1

table resident_past (row security)
  district_code text not null
  entry_id uuid not null
  from_on date
  household_id uuid not null
  id uuid not null
  path text collate "C" not null
  resident_id uuid not null
  until_on date not null

table robot (row security)
  accepted text
  active boolean not null
  declined text[] not null
  district_code text not null
  id uuid not null
  kind text not null
  language text not null
  name text not null
  organisation_id uuid not null
  origin text not null
  set_at timestamp with time zone not null
  set_by uuid
  shape text
  target_sealed bytea not null
  version integer not null

table rota (row security)
  district_code text not null
  organisation_id uuid not null
  path text collate "C" not null
  phone text
  set_at timestamp with time zone not null
  set_by uuid not null
  version integer not null

table rota_line (row security)
  backup_person_id uuid
  days text not null
  district_code text not null
  from_minute smallint not null
  id uuid not null
  instead boolean not null default false
  minutes smallint not null
  name text not null
  organisation_id uuid not null
  path text collate "C" not null
  person_id uuid not null
  set_at timestamp with time zone not null
  set_by uuid not null
  valid_from date not null
  valid_until date
  version integer not null default 1
  weekdays smallint[] not null

table rota_swap (row security)
  backup_person_id uuid
  district_code text not null
  id uuid not null
  line_id uuid not null
  on_day date not null
  organisation_id uuid not null
  path text collate "C" not null
  person_id uuid not null
  set_at timestamp with time zone not null
  set_by uuid not null

table routing_rule (row security)
  basis text not null
  category_code text collate "C"
  desk_level text
  district_code text not null
  ended boolean not null default false
  functions text[]
  group_code text collate "C"
  id uuid not null
  organisation_id uuid
  path text collate "C" not null
  set_at timestamp with time zone not null
  set_by uuid
  valid_from timestamp with time zone not null
  valid_until timestamp with time zone
  version integer not null

table saved_view (row security)
  changed_at timestamp with time zone not null
  district_code text not null
  id uuid not null
  name text not null
  organisation_id uuid
  person_id uuid not null
  query jsonb not null

table search_document (row security)
  at timestamp with time zone not null
  district_code text not null
  guarded boolean not null default false
  lexemes tsvector not null
  request_id uuid not null

table search_stale (row security)
  district_code text not null
  request_id uuid not null

table service_request (row security)
  about_request_id uuid
  category_code text collate "C"
  channel text not null
  code text collate "C" not null
  complained_of uuid[] not null default '{}'::uuid[]
  confidential boolean not null default false
  district_code text not null
  due_at timestamp with time zone
  erased text
  erased_at timestamp with time zone
  excluded boolean not null default false
  hash bytea not null
  heard_by_person_id uuid
  holder_organisation_id uuid
  holder_person_id uuid
  id uuid not null
  last_entry_at timestamp with time zone not null
  lat double precision
  level text not null
  lon double precision
  next_alarm_at timestamp with time zone
  overdue boolean not null default false
  path text collate "C" not null
  place text not null
  proposed text
  reporter_id uuid
  satisfaction text
  seq integer not null
  standing jsonb not null
  state text not null
  submitted_at timestamp with time zone not null
  title text not null
  urgency text
  words text not null

table session (row security)
  created_at timestamp with time zone not null
  district_code text not null
  ended_at timestamp with time zone
  expires_at timestamp with time zone not null
  kind text not null
  person_id uuid
  reporter_id uuid
  request_ids uuid[] not null default '{}'::uuid[]
  token_hash text not null

table spot_draw (row security)
  day date not null
  district_code text not null
  from_day date not null
  made_at timestamp with time zone not null
  percent integer not null
  pools jsonb not null
  seed text not null
  until_day date not null

table spot_pick (row security)
  by_person_id uuid
  day date not null
  district_code text not null
  done_at timestamp with time zone
  household_id uuid not null
  organisation_id uuid not null
  path text collate "C" not null
  result text
  tries smallint not null default 0
  visit_id uuid not null
  words text

table spot_rate (row security)
  district_code text not null
  percent integer not null
  set_at timestamp with time zone not null
  set_by uuid
  version integer not null

table suggestion_model (row security)
  district_code text not null
  figures jsonb
  kind text not null
  labels text[] not null
  offsets bytea not null
  rarity bytea not null
  sharpness double precision not null
  terms text[] not null
  texts integer not null
  threshold double precision
  trained_at timestamp with time zone not null
  unknown_rarity double precision not null
  version integer not null
  weights bytea not null

table suggestion_offer (row security)
  category_code text collate "C"
  category_sure boolean not null
  chosen_category text collate "C"
  chosen_handler_id uuid
  chosen_urgency text
  district_code text not null
  handler_id uuid
  model_version integer not null
  offered_at timestamp with time zone not null
  path text collate "C" not null
  request_id uuid not null
  urgency text not null
  urgency_sure boolean not null

table visit (row security)
  at timestamp with time zone not null
  device_at timestamp with time zone not null
  district_code text not null
  for_person_id uuid
  household_id uuid
  how text
  id uuid not null
  on_day date not null
  opinion text
  outcome text not null
  path text collate "C" not null
  person_id uuid not null
  visitor text not null
  words text

table visit_confirmation (row security)
  answer text
  answered_at timestamp with time zone
  asked_at timestamp with time zone not null
  district_code text not null
  expires_at timestamp with time zone not null
  household_id uuid not null
  path text collate "C" not null
  token_digest bytea not null
  visit_id uuid not null
  way text not null
  words text

table visit_day (row security)
  begun_at timestamp with time zone not null
  day date not null
  district_code text not null

table visit_event (row security)
  at timestamp with time zone not null
  by_person_id uuid
  district_code text not null
  household_id uuid not null
  id uuid not null
  kind text not null
  on_day date not null
  path text collate "C" not null
  words text

table visit_need (row security)
  district_code text not null
  household_id uuid
  path text collate "C" not null
  request_id uuid not null
  visit_id uuid not null

table visit_rule (row security)
  active boolean not null default true
  basis text not null
  care_kinds text[] not null default '{}'::text[]
  days smallint
  district_code text not null
  event text
  id uuid not null
  name text not null
  rhythm text not null
  set_at timestamp with time zone not null
  set_by uuid
  valid_from date not null
  version integer not null
  visitor text not null
  who text not null

table visit_rule_household (row security)
  added_on date not null
  district_code text not null
  household_id uuid not null
  path text collate "C" not null
  removed_on date
  rule_id uuid not null

table visit_run (row security)
  district_code text not null
  period text not null
  ran_at timestamp with time zone not null
  rule_id uuid not null
  rule_version integer not null
  tasks integer not null

table visit_task (row security)
  closes_on date not null
  district_code text not null
  due_on date not null
  ended_as text
  ended_on date
  household_id uuid
  id uuid not null
  made_at timestamp with time zone not null
  next_try_on date
  opens_on date not null
  path text collate "C" not null
  period text not null
  person_id uuid
  rule_id uuid not null
  rule_version integer not null
  state text not null
  tries smallint not null default 0
  visit_id uuid
  visitor text not null

table visit_task_entry (row security)
  at timestamp with time zone not null
  by_person_id uuid
  district_code text not null
  from_person_id uuid
  household_id uuid
  id uuid not null
  kind text not null
  on_day date not null
  path text collate "C" not null
  task_id uuid not null
  to_person_id uuid
  visit_id uuid
  words text

table whistle (row security)
  blower_organisation_id uuid not null
  blower_person_id uuid
  blown_at timestamp with time zone
  district_code text not null
  done_at timestamp with time zone
  due_at timestamp with time zone
  formed_at timestamp with time zone not null
  id uuid not null
  last_entry_at timestamp with time zone not null
  late boolean not null default false
  next_alarm_at timestamp with time zone
  over_at timestamp with time zone
  path text collate "C" not null
  seq integer not null
  standing jsonb not null
  state text not null
  town_organisation_id uuid not null
  turn_organisation_id uuid
  urgent boolean not null

table whistle_entry (row security)
  at timestamp with time zone not null
  by_organisation_id uuid
  by_person_id uuid
  data jsonb not null
  district_code text not null
  id uuid not null
  kind text not null
  seq integer not null
  whistle_id uuid not null
  words text

table whistle_part (row security)
  awaited boolean not null
  blown_at timestamp with time zone not null
  district_code text not null
  done_at timestamp with time zone
  due_at timestamp with time zone not null
  organisation_id uuid not null
  person_id uuid
  rating text
  released_at timestamp with time zone
  reported_at timestamp with time zone
  role text not null
  whistle_id uuid not null

table whistle_request (row security)
  district_code text not null
  open boolean not null default true
  place smallint not null
  request_id uuid not null
  whistle_id uuid not null

table wish (row security)
  changed_at timestamp with time zone not null
  claimed_by text
  code text collate "C" not null
  district_code text not null
  due_at timestamp with time zone
  id uuid not null
  kind text not null
  path text collate "C" not null
  published_at timestamp with time zone
  seq integer not null default 1
  state text not null
  title text
  told_at timestamp with time zone not null
  words text

table wish_claim (row security)
  at timestamp with time zone not null
  by_kind text not null
  district_code text not null
  ended_at timestamp with time zone
  ended_for text
  id uuid not null
  organisation_id uuid
  path text collate "C" not null
  person_id uuid
  reporter_id uuid
  wish_id uuid not null

table wish_entry (row security)
  at timestamp with time zone not null
  basis text
  by_kind text not null
  by_person_id uuid
  by_reporter_id uuid
  district_code text not null
  id uuid not null
  kind text not null
  seq integer not null
  wish_id uuid not null
  words text

table wish_told (row security)
  district_code text not null
  path text collate "C" not null
  reporter_id uuid
  told_by_organisation_id uuid
  told_by_person_id uuid
  wish_id uuid not null
  words text not null

table worker_alive
  seen_at timestamp with time zone not null default now()
  worker_id text not null

-- constraints

absence absence_check1: CHECK ((until_on >= from_on))

absence absence_check: CHECK ((backup_person_id <> person_id))

absence absence_district_code_backup_person_id_fkey: FOREIGN KEY (district_code, backup_person_id) REFERENCES person(district_code, id)

absence absence_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

absence absence_pkey: PRIMARY KEY (district_code, id)

api_client api_client_answers_check: CHECK ((answers = ANY (ARRAY['id'::text, 'token'::text])))

api_client api_client_pkey: PRIMARY KEY (district_code, id)

area area_district_code_code_key: UNIQUE (district_code, code)

area area_grid_kind_check: CHECK ((((kind = 'grid'::text) = (grid_kind IS NOT NULL)) AND ((grid_kind IS NULL) OR (grid_kind = ANY (ARRAY['residential'::text, 'market'::text, 'park'::text, 'road'::text])))))

area area_kind_check: CHECK ((kind = ANY (ARRAY['district'::text, 'subdistrict'::text, 'community'::text, 'village_group'::text, 'grid'::text, 'compound'::text, 'building'::text, 'unit'::text, 'household_group'::text])))

area area_lat_check: CHECK (((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)))

area area_lon_check: CHECK (((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))

area area_path_check: CHECK ((path ~~ '%/'::text))

area area_pkey: PRIMARY KEY (district_code, path)

area_level area_level_pkey: PRIMARY KEY (district_code, kind)

attachment attachment_bytes_check: CHECK ((bytes > 0))

attachment attachment_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

attachment attachment_kind_check: CHECK ((kind = ANY (ARRAY['photo'::text, 'voice'::text])))

attachment attachment_pkey: PRIMARY KEY (district_code, id)

audit_entry audit_entry_actor_kind_check: CHECK ((actor_kind = ANY (ARRAY['anyone'::text, 'follower'::text, 'reporter'::text, 'staff'::text, 'client'::text, 'system'::text]))) NOT VALID

audit_entry audit_entry_pkey: PRIMARY KEY (district_code, lane, seq)

audit_head audit_head_pkey: PRIMARY KEY (district_code, lane)

building building_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

building building_floors_check: CHECK (((floors >= 1) AND (floors <= 99)))

building building_pkey: PRIMARY KEY (district_code, path)

building building_units_check: CHECK (((units >= 1) AND (units <= 40)))

call_draw call_draw_percent_check: CHECK (((percent >= 1) AND (percent <= 100)))

call_draw call_draw_pkey: PRIMARY KEY (district_code, day)

call_pick call_pick_district_code_day_fkey: FOREIGN KEY (district_code, day) REFERENCES call_draw(district_code, day)

call_pick call_pick_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

call_pick call_pick_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

call_pick call_pick_pkey: PRIMARY KEY (district_code, request_id)

call_rate call_rate_percent_check: CHECK (((percent >= 1) AND (percent <= 100)))

call_rate call_rate_pkey: PRIMARY KEY (district_code)

care care_basis_check: CHECK ((basis = ANY (ARRAY['consent'::text, 'statutory'::text])))

care care_check: CHECK (
CASE basis
    WHEN 'consent'::text THEN (consented_at IS NOT NULL)
    ELSE (statute IS NOT NULL)
END)

care care_district_code_helper_person_id_fkey: FOREIGN KEY (district_code, helper_person_id) REFERENCES person(district_code, id)

care care_district_code_household_id_fkey: FOREIGN KEY (district_code, household_id) REFERENCES household(district_code, id)

care care_district_code_resident_id_fkey: FOREIGN KEY (district_code, resident_id) REFERENCES resident(district_code, id)

care care_kind_check: CHECK ((kind = ANY (ARRAY['lives_alone'::text, 'frail'::text, 'bedridden'::text, 'disabled'::text, 'serious_illness'::text, 'single_parent_child'::text, 'left_behind'::text, 'hardship'::text, 'bereaved'::text])))

care care_pkey: PRIMARY KEY (district_code, id)

category category_code_check: CHECK ((code ~ '^[A-Z][0-9]{2}$'::text))

category category_needed_check: CHECK ((jsonb_typeof(needed) = 'array'::text))

category category_pkey: PRIMARY KEY (district_code, code)

category_change category_change_check: CHECK ((num_nonnulls(leads, helpers, needed, active) > 0))

category_change category_change_district_code_category_code_fkey: FOREIGN KEY (district_code, category_code) REFERENCES category(district_code, code)

category_change category_change_needed_check: CHECK ((jsonb_typeof(needed) = 'array'::text))

category_change category_change_pkey: PRIMARY KEY (district_code, category_code, valid_from, version)

category_limit category_limit_district_code_category_code_fkey: FOREIGN KEY (district_code, category_code) REFERENCES category(district_code, code)

category_limit category_limit_pkey: PRIMARY KEY (district_code, category_code, valid_from, version)

category_limit category_limit_steps_check: CHECK ((jsonb_typeof(steps) = 'array'::text))

chuanmen_installation chuanmen_installation_only_row_check: CHECK (only_row)

chuanmen_installation chuanmen_installation_pkey: PRIMARY KEY (only_row)

chuanmen_migration chuanmen_migration_pkey: PRIMARY KEY (name)

contact_way contact_way_check: CHECK (((NOT by_email) OR (email_sealed IS NOT NULL)))

contact_way contact_way_digest_at_check: CHECK (((digest_at >= 0) AND (digest_at <= 1439)))

contact_way contact_way_language_check: CHECK ((language = ANY (ARRAY['zh-CN'::text, 'en'::text])))

contact_way contact_way_owner_kind_check: CHECK ((owner_kind = ANY (ARRAY['reporter'::text, 'person'::text])))

contact_way contact_way_pkey: PRIMARY KEY (district_code, owner_id)

contact_way contact_way_quiet_check: CHECK (((quiet_from IS NULL) = (quiet_until IS NULL)))

contact_way contact_way_quiet_from_check: CHECK (((quiet_from >= 0) AND (quiet_from <= 1439)))

contact_way contact_way_quiet_until_check: CHECK (((quiet_until >= 0) AND (quiet_until <= 1439)))

credential credential_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

credential credential_pkey: PRIMARY KEY (district_code, person_id)

dispatch_choice dispatch_choice_pkey: PRIMARY KEY (district_code, entry_id)

dispatch_choice dispatch_choice_turn_check: CHECK ((turn > 0))

dispatch_choice dispatch_choice_why_check: CHECK ((why = ANY (ARRAY['precedent'::text, 'rule'::text, 'answered_here'::text, 'answered_near'::text, 'named_by_category'::text, 'nobody'::text])))

dispatch_step dispatch_step_pkey: PRIMARY KEY (district_code, request_id)

dispatch_step dispatch_step_step_check: CHECK ((step = ANY (ARRAY['dispatch'::text, 'take'::text])))

district district_code_prefix_check: CHECK ((code_prefix ~ '^[A-Z]{2,4}$'::text))

district district_pkey: PRIMARY KEY (district_code)

district_calendar district_calendar_hours_check: CHECK ((jsonb_typeof(hours) = 'array'::text))

district_calendar district_calendar_pkey: PRIMARY KEY (district_code)

district_hours district_hours_hours_check: CHECK ((jsonb_typeof(hours) = 'array'::text))

district_hours district_hours_pkey: PRIMARY KEY (district_code, valid_from, version)

duty duty_check: CHECK ((valid_until >= valid_from))

duty duty_district_code_dwelling_id_fkey: FOREIGN KEY (district_code, dwelling_id) REFERENCES dwelling(district_code, id)

duty duty_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

duty duty_pkey: PRIMARY KEY (district_code, id)

dwelling dwelling_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

dwelling dwelling_district_code_path_number_key: UNIQUE (district_code, path, number)

dwelling dwelling_pkey: PRIMARY KEY (district_code, id)

erasure erasure_check1: CHECK (((state = ANY (ARRAY['erased'::text, 'done'::text])) = (erased_at IS NOT NULL)))

erasure erasure_check2: CHECK (((state = 'done'::text) = (done_at IS NOT NULL)))

erasure erasure_check3: CHECK (((state <> 'refused'::text) OR ((ground IS NOT NULL) AND (words IS NOT NULL) AND (decided_at IS NOT NULL))))

erasure erasure_check4: CHECK (((state <> 'done'::text) OR (files = '{}'::text[])))

erasure erasure_check: CHECK (((scope = 'account'::text) = (request_id IS NULL)))

erasure erasure_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

erasure erasure_ground_check: CHECK ((ground = ANY (ARRAY['proceedings'::text, 'inspection'::text, 'retention'::text])))

erasure erasure_pkey: PRIMARY KEY (district_code, id)

erasure erasure_scope_check: CHECK ((scope = ANY (ARRAY['person'::text, 'all'::text, 'account'::text])))

erasure erasure_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'refused'::text, 'erased'::text, 'done'::text])))

erasure_hold erasure_hold_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

erasure_hold erasure_hold_ground_check: CHECK ((ground = ANY (ARRAY['proceedings'::text, 'inspection'::text, 'retention'::text])))

erasure_hold erasure_hold_pkey: PRIMARY KEY (district_code, id)

export export_check: CHECK ((decided_by_person_id <> by_person_id))

export export_district_code_by_person_id_fkey: FOREIGN KEY (district_code, by_person_id) REFERENCES person(district_code, id)

export export_format_check: CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text])))

export export_list_check: CHECK ((list = 'requests'::text))

export export_pkey: PRIMARY KEY (district_code, id)

export export_reason_check: CHECK (((char_length(reason) >= 4) AND (char_length(reason) <= 200)))

export export_rows_check: CHECK ((rows >= 0))

export export_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'ready'::text, 'refused'::text])))

field_device field_device_check: CHECK (((withdrawn_at IS NULL) = (withdrawn_for IS NULL)))

field_device field_device_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

field_device field_device_pkey: PRIMARY KEY (district_code, id)

field_device field_device_withdrawn_for_check: CHECK ((withdrawn_for = ANY (ARRAY['lost'::text, 'replaced'::text, 'left'::text, 'other'::text])))

field_entry field_entry_check1: CHECK (((decided_at IS NULL) = (decision IS NULL)))

field_entry field_entry_check: CHECK (((fate = 'refused'::text) = (problem IS NOT NULL)))

field_entry field_entry_decision_check: CHECK ((decision = ANY (ARRAY['take'::text, 'set_aside'::text])))

field_entry field_entry_district_code_device_id_fkey: FOREIGN KEY (district_code, device_id) REFERENCES field_device(district_code, id)

field_entry field_entry_fate_check: CHECK ((fate = ANY (ARRAY['applied'::text, 'merged'::text, 'conflict'::text, 'refused'::text, 'left_over'::text])))

field_entry field_entry_pkey: PRIMARY KEY (district_code, id)

field_file field_file_about_check: CHECK ((about = ANY (ARRAY['request'::text, 'visit'::text, 'entry'::text])))

field_file field_file_district_code_entry_id_fkey: FOREIGN KEY (district_code, entry_id) REFERENCES field_entry(district_code, id)

field_file field_file_pkey: PRIMARY KEY (district_code, entry_id, attachment_id)

field_file field_file_state_check: CHECK ((state = ANY (ARRAY['awaited'::text, 'here'::text, 'given_up'::text])))

field_holding field_holding_district_code_device_id_fkey: FOREIGN KEY (district_code, device_id) REFERENCES field_device(district_code, id)

field_holding field_holding_pkey: PRIMARY KEY (district_code, device_id, household_id)

field_mark field_mark_pkey: PRIMARY KEY (district_code, household_id, changed_in)

follow_failure follow_failure_pkey: PRIMARY KEY (district_code, code)

grid_matter_list grid_matter_list_district_code_set_by_fkey: FOREIGN KEY (district_code, set_by) REFERENCES person(district_code, id)

grid_matter_list grid_matter_list_groups_check: CHECK ((jsonb_typeof(groups) = 'array'::text))

grid_matter_list grid_matter_list_pkey: PRIMARY KEY (district_code, version)

grid_part grid_part_check: CHECK ((valid_until >= valid_from))

grid_part grid_part_district_code_grid_path_fkey: FOREIGN KEY (district_code, grid_path) REFERENCES area(district_code, path)

grid_part grid_part_district_code_part_path_fkey: FOREIGN KEY (district_code, part_path) REFERENCES area(district_code, path)

grid_part grid_part_pkey: PRIMARY KEY (district_code, id)

grid_push grid_push_check1: CHECK ((decided_by <> made_by))

grid_push grid_push_check2: CHECK (((matter_code IS NOT NULL) OR ((purpose IS NOT NULL) AND (hours IS NOT NULL) AND (ends_on IS NOT NULL))))

grid_push grid_push_check3: CHECK (((matter_code IS NOT NULL) OR (state <> 'in_force'::text) OR (decided_by IS NOT NULL)))

grid_push grid_push_check: CHECK ((ends_on > starts_on))

grid_push grid_push_district_code_decided_by_fkey: FOREIGN KEY (district_code, decided_by) REFERENCES person(district_code, id)

grid_push grid_push_district_code_made_by_fkey: FOREIGN KEY (district_code, made_by) REFERENCES person(district_code, id)

grid_push grid_push_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

grid_push grid_push_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

grid_push grid_push_hours_check: CHECK (((hours >= 1) AND (hours <= 1000000)))

grid_push grid_push_pkey: PRIMARY KEY (district_code, id)

grid_push grid_push_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'in_force'::text, 'refused'::text, 'withdrawn'::text])))

grid_push grid_push_title_check: CHECK (((char_length(title) >= 1) AND (char_length(title) <= 60)))

holiday holiday_pkey: PRIMARY KEY (district_code, day)

household household_district_code_dwelling_id_fkey: FOREIGN KEY (district_code, dwelling_id) REFERENCES dwelling(district_code, id)

household household_pkey: PRIMARY KEY (district_code, id)

household_conflict household_conflict_district_code_household_id_fkey: FOREIGN KEY (district_code, household_id) REFERENCES household(district_code, id)

household_conflict household_conflict_pkey: PRIMARY KEY (district_code, id)

household_entry household_entry_district_code_household_id_fkey: FOREIGN KEY (district_code, household_id) REFERENCES household(district_code, id)

household_entry household_entry_district_code_household_id_version_key: UNIQUE (district_code, household_id, version)

household_entry household_entry_fate_check: CHECK ((fate = ANY (ARRAY['applied'::text, 'merged'::text, 'conflict'::text])))

household_entry household_entry_fields_check: CHECK ((jsonb_typeof(fields) = 'object'::text))

household_entry household_entry_kind_check: CHECK ((kind = ANY (ARRAY['edit'::text, 'choose'::text, 'move_in'::text, 'move_away'::text, 'split'::text, 'merge'::text, 'import'::text, 'undo'::text])))

household_entry household_entry_pkey: PRIMARY KEY (district_code, id)

import import_bytes_check: CHECK (((bytes >= 1) AND (bytes <= 400000000)))

import import_district_code_by_person_id_fkey: FOREIGN KEY (district_code, by_person_id) REFERENCES person(district_code, id)

import import_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

import import_kind_check: CHECK ((kind = ANY (ARRAY['households'::text, 'people'::text])))

import import_mode_check: CHECK ((mode = ANY (ARRAY['all'::text, 'good'::text])))

import import_pkey: PRIMARY KEY (district_code, id)

import import_state_check: CHECK ((state = ANY (ARRAY['uploading'::text, 'reading'::text, 'mapping'::text, 'checking'::text, 'checked'::text, 'applying'::text, 'applied'::text, 'undoing'::text, 'undone'::text, 'failed'::text, 'cancelled'::text])))

import_effect import_effect_pkey: PRIMARY KEY (district_code, import_id, record_id)

import_effect import_effect_undone_check: CHECK ((undone = ANY (ARRAY['taken_back'::text, 'kept'::text])))

import_error import_error_pkey: PRIMARY KEY (district_code, import_id, "row", col, code)

import_mapping import_mapping_pkey: PRIMARY KEY (district_code, kind, fingerprint)

import_row import_row_fate_check: CHECK ((fate = ANY (ARRAY['add'::text, 'change'::text, 'same'::text])))

import_row import_row_pkey: PRIMARY KEY (district_code, import_id, "row")

joint_meeting joint_meeting_chair_check: CHECK (((char_length(chair) >= 1) AND (char_length(chair) <= 40)))

joint_meeting joint_meeting_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

joint_meeting joint_meeting_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

joint_meeting joint_meeting_district_code_path_key: UNIQUE (district_code, path)

joint_meeting joint_meeting_level_check: CHECK ((level = ANY (ARRAY['grid'::text, 'community'::text, 'subdistrict'::text, 'district'::text])))

joint_meeting joint_meeting_mark_check: CHECK ((char_length(mark) <= 8))

joint_meeting joint_meeting_name_check: CHECK (((char_length(name) >= 2) AND (char_length(name) <= 40)))

joint_meeting joint_meeting_pkey: PRIMARY KEY (district_code, id)

liaison_adjustment liaison_adjustment_district_code_scenario_id_fkey: FOREIGN KEY (district_code, scenario_id) REFERENCES liaison_scenario(district_code, id)

liaison_adjustment liaison_adjustment_district_code_scenario_id_seq_key: UNIQUE (district_code, scenario_id, seq)

liaison_adjustment liaison_adjustment_pkey: PRIMARY KEY (district_code, id)

liaison_door liaison_door_district_code_scenario_id_fkey: FOREIGN KEY (district_code, scenario_id) REFERENCES liaison_scenario(district_code, id)

liaison_door liaison_door_pkey: PRIMARY KEY (district_code, scenario_id, dwelling_id)

liaison_scenario liaison_scenario_check1: CHECK ((((rural_most >= 1) AND (rural_most <= 500)) AND (rural_most >= rural_least)))

liaison_scenario liaison_scenario_check2: CHECK (((state = ANY (ARRAY['approved'::text, 'published'::text])) = (approved_by_person_id IS NOT NULL)))

liaison_scenario liaison_scenario_check3: CHECK ((approved_by_person_id <> drafted_by_person_id))

liaison_scenario liaison_scenario_check4: CHECK (((state = 'published'::text) = (published_at IS NOT NULL)))

liaison_scenario liaison_scenario_check: CHECK ((((most >= 1) AND (most <= 500)) AND (most >= "least")))

liaison_scenario liaison_scenario_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

liaison_scenario liaison_scenario_least_check: CHECK ((("least" >= 0) AND ("least" <= 500)))

liaison_scenario liaison_scenario_pkey: PRIMARY KEY (district_code, id)

liaison_scenario liaison_scenario_run_failed_check: CHECK ((run_failed = ANY (ARRAY['cancelled'::text, 'interrupted'::text, 'unproven'::text, 'changed'::text])))

liaison_scenario liaison_scenario_rural_least_check: CHECK (((rural_least >= 0) AND (rural_least <= 500)))

liaison_scenario liaison_scenario_stability_check: CHECK (((stability >= 0) AND (stability <= 100000)))

liaison_scenario liaison_scenario_state_check: CHECK ((state = ANY (ARRAY['draft'::text, 'solving'::text, 'solved'::text, 'infeasible'::text, 'approved'::text, 'published'::text, 'cancelled'::text])))

liaison_solution liaison_solution_beside_check: CHECK ((jsonb_typeof(beside) = 'object'::text))

liaison_solution liaison_solution_district_code_scenario_id_fkey: FOREIGN KEY (district_code, scenario_id) REFERENCES liaison_scenario(district_code, id)

liaison_solution liaison_solution_pkey: PRIMARY KEY (district_code, scenario_id)

liaison_solution liaison_solution_problem_check: CHECK ((jsonb_typeof(problem) = 'object'::text))

login_failure login_failure_pkey: PRIMARY KEY (district_code, login_index)

mediation mediation_check: CHECK (((state = 'agreed'::text) = (follow_up_on IS NOT NULL)))

mediation mediation_district_code_opened_by_fkey: FOREIGN KEY (district_code, opened_by) REFERENCES person(district_code, id)

mediation mediation_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

mediation mediation_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

mediation mediation_pkey: PRIMARY KEY (district_code, id)

mediation mediation_state_check: CHECK ((state = ANY (ARRAY['open'::text, 'agreed'::text, 'kept'::text, 'broken'::text, 'ended'::text])))

mediation mediation_title_check: CHECK (((char_length(title) >= 1) AND (char_length(title) <= 60)))

mediation_entry mediation_entry_district_code_by_person_id_fkey: FOREIGN KEY (district_code, by_person_id) REFERENCES person(district_code, id)

mediation_entry mediation_entry_district_code_id_key: UNIQUE (district_code, id)

mediation_entry mediation_entry_district_code_mediation_id_fkey: FOREIGN KEY (district_code, mediation_id) REFERENCES mediation(district_code, id)

mediation_entry mediation_entry_kind_check: CHECK ((kind = ANY (ARRAY['open'::text, 'session'::text, 'agree'::text, 'kept'::text, 'broken'::text, 'end'::text, 'mediators'::text])))

mediation_entry mediation_entry_pkey: PRIMARY KEY (district_code, mediation_id, seq)

mediation_mediator mediation_mediator_district_code_mediation_id_fkey: FOREIGN KEY (district_code, mediation_id) REFERENCES mediation(district_code, id)

mediation_mediator mediation_mediator_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

mediation_mediator mediation_mediator_pkey: PRIMARY KEY (district_code, mediation_id, person_id)

mediation_party mediation_party_district_code_mediation_id_fkey: FOREIGN KEY (district_code, mediation_id) REFERENCES mediation(district_code, id)

mediation_party mediation_party_district_code_resident_id_fkey: FOREIGN KEY (district_code, resident_id) REFERENCES resident(district_code, id)

mediation_party mediation_party_name_check: CHECK (((char_length(name) >= 1) AND (char_length(name) <= 40)))

mediation_party mediation_party_pkey: PRIMARY KEY (district_code, mediation_id, id)

meeting meeting_check1: CHECK ((((held_at IS NULL) = (number IS NULL)) AND ((number IS NULL) = (year IS NULL))))

meeting meeting_check: CHECK (((state = 'held'::text) = (held_at IS NOT NULL)))

meeting meeting_district_code_joint_id_fkey: FOREIGN KEY (district_code, joint_id) REFERENCES joint_meeting(district_code, id)

meeting meeting_district_code_joint_id_year_number_key: UNIQUE (district_code, joint_id, year, number)

meeting meeting_pkey: PRIMARY KEY (district_code, id)

meeting meeting_place_check: CHECK (((char_length(place) >= 1) AND (char_length(place) <= 60)))

meeting meeting_state_check: CHECK ((state = ANY (ARRAY['preparing'::text, 'called'::text, 'open'::text, 'held'::text, 'cancelled'::text])))

meeting_item meeting_item_check1: CHECK (((outcome <> 'task'::text) OR ((lead_organisation_id IS NOT NULL) AND (due_at IS NOT NULL))))

meeting_item meeting_item_check2: CHECK (((outcome <> 'precedent'::text) OR ((lead_organisation_id IS NOT NULL) AND (category_code IS NOT NULL))))

meeting_item meeting_item_check: CHECK (((outcome IS NULL) = (decided_at IS NULL)))

meeting_item meeting_item_demand_check: CHECK ((char_length(demand) <= 500))

meeting_item meeting_item_district_code_lead_organisation_id_fkey: FOREIGN KEY (district_code, lead_organisation_id) REFERENCES organisation(district_code, id)

meeting_item meeting_item_district_code_meeting_id_fkey: FOREIGN KEY (district_code, meeting_id) REFERENCES meeting(district_code, id)

meeting_item meeting_item_district_code_meeting_id_request_id_key: UNIQUE (district_code, meeting_id, request_id)

meeting_item meeting_item_effect_check: CHECK ((effect = ANY (ARRAY['entered'::text, 'kept'::text, 'put_off'::text, 'overtaken'::text])))

meeting_item meeting_item_outcome_check: CHECK ((outcome = ANY (ARRAY['task'::text, 'precedent'::text, 'next_time'::text])))

meeting_item meeting_item_pkey: PRIMARY KEY (district_code, id)

meeting_item meeting_item_title_check: CHECK ((char_length(title) <= 60))

meeting_item meeting_item_words_check: CHECK ((char_length(words) <= 2000))

meeting_member meeting_member_attendance_check: CHECK ((attendance = ANY (ARRAY['here'::text, 'excused'::text, 'absent'::text])))

meeting_member meeting_member_attended_by_check: CHECK ((char_length(attended_by) <= 40))

meeting_member meeting_member_check: CHECK (((attended_by IS NULL) OR (attendance = 'here'::text)))

meeting_member meeting_member_district_code_meeting_id_fkey: FOREIGN KEY (district_code, meeting_id) REFERENCES meeting(district_code, id)

meeting_member meeting_member_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

meeting_member meeting_member_kind_check: CHECK ((kind = ANY (ARRAY['standing'::text, 'invited'::text])))

meeting_member meeting_member_pkey: PRIMARY KEY (district_code, meeting_id, organisation_id)

meeting_member meeting_member_post_check: CHECK (((char_length(post) >= 1) AND (char_length(post) <= 40)))

meeting_seat meeting_seat_district_code_joint_id_fkey: FOREIGN KEY (district_code, joint_id) REFERENCES joint_meeting(district_code, id)

meeting_seat meeting_seat_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

meeting_seat meeting_seat_pkey: PRIMARY KEY (district_code, joint_id, organisation_id)

meeting_seat meeting_seat_post_check: CHECK (((char_length(post) >= 1) AND (char_length(post) <= 40)))

message message_channel_check: CHECK ((channel = ANY (ARRAY['in_app'::text, 'sms'::text, 'email'::text, 'push'::text, 'robot'::text])))

message message_check1: CHECK (((state = ANY (ARRAY['waiting'::text, 'sending'::text])) = (try_at IS NOT NULL)))

message message_check2: CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL)))

message message_check3: CHECK (((state <> 'failed'::text) OR (reason IS NOT NULL)))

message message_check: CHECK ((num_nonnulls(to_reporter_id, to_organisation_id, to_person_id) = 1))

message message_pkey: PRIMARY KEY (district_code, id)

message message_reason_check: CHECK ((reason = ANY (ARRAY['no_phone'::text, 'no_email'::text, 'no_provider'::text, 'interrupted'::text, 'provider'::text, 'refused'::text, 'erased'::text, 'gone'::text])))

message message_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text])))

message_template message_template_audience_check: CHECK ((audience = ANY (ARRAY['reporter'::text, 'serving'::text])))

message_template message_template_channel_check: CHECK ((channel = ANY (ARRAY['in_app'::text, 'sms'::text, 'email'::text, 'push'::text, 'robot'::text])))

message_template message_template_language_check: CHECK ((language = ANY (ARRAY['zh-CN'::text, 'en'::text])))

message_template message_template_pkey: PRIMARY KEY (district_code, template, channel, audience, language, version)

not_the_same not_the_same_check: CHECK ((other_id > one_id))

not_the_same not_the_same_kind_check: CHECK ((kind = ANY (ARRAY['resident'::text, 'household'::text])))

not_the_same not_the_same_pkey: PRIMARY KEY (district_code, kind, one_id, other_id)

notify_setting notify_setting_pkey: PRIMARY KEY (district_code, version)

notify_setting notify_setting_quiet_from_check: CHECK (((quiet_from >= 0) AND (quiet_from <= 1439)))

notify_setting notify_setting_quiet_until_check: CHECK (((quiet_until >= 0) AND (quiet_until <= 1439)))

offer offer_check1: CHECK (((state = 'over'::text) = (over_for IS NOT NULL)))

offer offer_check2: CHECK (((state <> ALL (ARRAY['taken'::text, 'done'::text])) OR (taken_by_person_id IS NOT NULL)))

offer offer_check: CHECK (((state = 'open'::text) = (round_ends_at IS NOT NULL)))

offer offer_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

offer offer_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

offer offer_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

offer offer_district_code_taken_by_person_id_fkey: FOREIGN KEY (district_code, taken_by_person_id) REFERENCES person(district_code, id)

offer offer_hours_check: CHECK (((hours >= 1) AND (hours <= 72)))

offer offer_lat_check: CHECK (((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)))

offer offer_lon_check: CHECK (((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))

offer offer_over_for_check: CHECK ((over_for = ANY (ARRAY['nobody_left'::text, 'asked_enough'::text, 'not_small'::text, 'withdrawn'::text, 'changed'::text])))

offer offer_pkey: PRIMARY KEY (district_code, id)

offer offer_slots_check: CHECK ((slots <@ ARRAY['workday_day'::text, 'workday_evening'::text, 'weekend_day'::text, 'weekend_evening'::text]))

offer offer_state_check: CHECK ((state = ANY (ARRAY['open'::text, 'taken'::text, 'done'::text, 'over'::text])))

offer_ask offer_ask_answer_check: CHECK ((answer = ANY (ARRAY['taken'::text, 'not_now'::text, 'late'::text, 'gone'::text, 'given_back'::text])))

offer_ask offer_ask_basis_check: CHECK ((basis = ANY (ARRAY['no_time'::text, 'cannot'::text, 'tools_missing'::text, 'not_reached'::text, 'unsafe'::text, 'not_small'::text])))

offer_ask offer_ask_check1: CHECK (((NOT (answer IS DISTINCT FROM 'given_back'::text)) = (basis IS NOT NULL)))

offer_ask offer_ask_check: CHECK (((answer IS NULL) = (answered_at IS NULL)))

offer_ask offer_ask_district_code_offer_id_fkey: FOREIGN KEY (district_code, offer_id) REFERENCES offer(district_code, id)

offer_ask offer_ask_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

offer_ask offer_ask_pkey: PRIMARY KEY (district_code, offer_id, person_id)

open311_request open311_request_district_code_client_id_fkey: FOREIGN KEY (district_code, client_id) REFERENCES api_client(district_code, id)

open311_request open311_request_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

open311_request open311_request_pkey: PRIMARY KEY (district_code, request_id)

organisation organisation_desk_level_check: CHECK ((desk_level = ANY (ARRAY['building'::text, 'compound'::text, 'grid'::text, 'village_group'::text, 'community'::text, 'subdistrict'::text, 'district'::text]))) NOT VALID

organisation organisation_district_code_parent_id_fkey: FOREIGN KEY (district_code, parent_id) REFERENCES organisation(district_code, id)

organisation organisation_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

organisation organisation_kind_check: CHECK ((kind = ANY (ARRAY['government'::text, 'department'::text, 'committee'::text, 'party'::text, 'civic'::text, 'company'::text, 'property_firm'::text])))

organisation organisation_pkey: PRIMARY KEY (district_code, id)

organisation_pair organisation_pair_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

organisation_pair organisation_pair_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

organisation_pair organisation_pair_pkey: PRIMARY KEY (district_code, organisation_id, path)

person person_availability_check: CHECK ((availability <@ ARRAY['workday_day'::text, 'workday_evening'::text, 'weekend_day'::text, 'weekend_evening'::text]))

person person_employer_fkey: FOREIGN KEY (district_code, employer_id) REFERENCES organisation(district_code, id)

person person_most_households_check: CHECK (((most_households >= 0) AND (most_households <= 500)))

person person_pkey: PRIMARY KEY (district_code, id)

person_anchor person_anchor_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

person_anchor person_anchor_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

person_anchor person_anchor_kind_check: CHECK ((kind = ANY (ARRAY['home'::text, 'paired'::text])))

person_anchor person_anchor_lat_check: CHECK (((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)))

person_anchor person_anchor_lon_check: CHECK (((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))

person_anchor person_anchor_pkey: PRIMARY KEY (district_code, id)

person_initials person_initials_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

person_initials person_initials_pkey: PRIMARY KEY (district_code, person_id)

person_skill person_skill_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

person_skill person_skill_pkey: PRIMARY KEY (district_code, person_id, skill)

person_skill person_skill_skill_check: CHECK ((skill ~ '^[a-z][a-z_]{1,29}$'::text))

phone_code phone_code_pkey: PRIMARY KEY (district_code, phone_index)

post post_check: CHECK ((valid_until >= valid_from))

post post_district_code_backup_person_id_fkey: FOREIGN KEY (district_code, backup_person_id) REFERENCES person(district_code, id)

post post_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

post post_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

post post_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

post post_pkey: PRIMARY KEY (district_code, id)

post post_role_check: CHECK ((role = ANY (ARRAY['system_admin'::text, 'security_admin'::text, 'audit_admin'::text, 'community_desk'::text, 'subdistrict_desk'::text, 'district_desk'::text, 'handler'::text, 'grid_worker'::text, 'liaison'::text, 'building_head'::text])))

precedent precedent_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

precedent precedent_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

precedent precedent_pkey: PRIMARY KEY (district_code, id)

promise promise_district_code_household_id_fkey: FOREIGN KEY (district_code, household_id) REFERENCES household(district_code, id)

promise promise_pkey: PRIMARY KEY (district_code, id)

promise promise_state_check: CHECK ((state = ANY (ARRAY['open'::text, 'kept'::text, 'cancelled'::text])))

publication publication_check: CHECK (((withdrawn_at IS NULL) = (withdrawn_by IS NULL)))

publication publication_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

publication publication_pkey: PRIMARY KEY (district_code, id)

push_subscription push_subscription_district_code_owner_id_fkey: FOREIGN KEY (district_code, owner_id) REFERENCES contact_way(district_code, owner_id) ON DELETE CASCADE

push_subscription push_subscription_door_check: CHECK ((door = ANY (ARRAY['phone'::text, 'field'::text, 'console'::text])))

push_subscription push_subscription_pkey: PRIMARY KEY (district_code, id)

reporter reporter_pkey: PRIMARY KEY (district_code, id)

request_confidence request_confidence_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

request_confidence request_confidence_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

request_confidence request_confidence_pkey: PRIMARY KEY (district_code, request_id)

request_entry request_entry_by_kind_check: CHECK ((by_kind = ANY (ARRAY['reporter'::text, 'staff'::text, 'system'::text])))

request_entry request_entry_district_code_id_key: UNIQUE (district_code, id)

request_entry request_entry_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

request_entry request_entry_pkey: PRIMARY KEY (district_code, request_id, seq)

request_follower request_follower_check1: CHECK (((title IS NULL) = (from_request_id IS NOT NULL)))

request_follower request_follower_check: CHECK (((from_request_id IS NULL) OR (from_request_id = id)))

request_follower request_follower_district_code_code_key: UNIQUE (district_code, code)

request_follower request_follower_district_code_from_request_id_fkey: FOREIGN KEY (district_code, from_request_id) REFERENCES service_request(district_code, id)

request_follower request_follower_district_code_reporter_id_fkey: FOREIGN KEY (district_code, reporter_id) REFERENCES reporter(district_code, id)

request_follower request_follower_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

request_follower request_follower_pkey: PRIMARY KEY (district_code, id)

request_part request_part_check: CHECK (((state = ANY (ARRAY['answered'::text, 'taken_back'::text, 'dropped'::text])) = (organisation_id IS NULL)))

request_part request_part_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

request_part request_part_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

request_part request_part_pkey: PRIMARY KEY (district_code, request_id, id)

request_part request_part_state_check: CHECK ((state = ANY (ARRAY['given'::text, 'taken'::text, 'returned'::text, 'answered'::text, 'taken_back'::text, 'dropped'::text])))

request_party request_party_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

request_party request_party_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

request_party request_party_pkey: PRIMARY KEY (district_code, request_id, organisation_id)

request_party request_party_role_check: CHECK ((role = ANY (ARRAY['desk'::text, 'lead'::text, 'assisting'::text])))

resident resident_away_check: CHECK (((away_kind = ANY (ARRAY['study'::text, 'work'::text, 'elsewhere'::text])) AND ((away_until IS NULL) OR (away_kind IS NOT NULL))))

resident resident_birth_year_check: CHECK (((birth_year >= 1900) AND (birth_year <= 2100)))

resident resident_district_code_household_id_fkey: FOREIGN KEY (district_code, household_id) REFERENCES household(district_code, id)

resident resident_left_check: CHECK ((((left_on IS NULL) = (left_kind IS NULL)) AND (left_kind = ANY (ARRAY['moved'::text, 'died'::text]))))

resident resident_pkey: PRIMARY KEY (district_code, id)

resident resident_relation_check: CHECK ((relation = ANY (ARRAY['head'::text, 'spouse'::text, 'child'::text, 'parent'::text, 'grandparent'::text, 'tenant'::text, 'other'::text])))

resident_past resident_past_check: CHECK (((from_on IS NULL) OR (from_on <= until_on)))

resident_past resident_past_district_code_household_id_fkey: FOREIGN KEY (district_code, household_id) REFERENCES household(district_code, id)

resident_past resident_past_district_code_resident_id_fkey: FOREIGN KEY (district_code, resident_id) REFERENCES resident(district_code, id)

resident_past resident_past_pkey: PRIMARY KEY (district_code, id)

robot robot_check: CHECK (((kind = 'http'::text) = (shape IS NOT NULL)))

robot robot_kind_check: CHECK ((kind = ANY (ARRAY['wecom'::text, 'dingtalk'::text, 'http'::text])))

robot robot_language_check: CHECK ((language = ANY (ARRAY['zh-CN'::text, 'en'::text])))

robot robot_pkey: PRIMARY KEY (district_code, id)

rota rota_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

rota rota_district_code_set_by_fkey: FOREIGN KEY (district_code, set_by) REFERENCES person(district_code, id)

rota rota_pkey: PRIMARY KEY (district_code, organisation_id)

rota_line rota_line_check1: CHECK ((valid_until >= valid_from))

rota_line rota_line_check: CHECK ((backup_person_id <> person_id))

rota_line rota_line_days_check: CHECK ((days = ANY (ARRAY['every'::text, 'working'::text, 'off'::text])))

rota_line rota_line_district_code_backup_person_id_fkey: FOREIGN KEY (district_code, backup_person_id) REFERENCES person(district_code, id)

rota_line rota_line_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

rota_line rota_line_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

rota_line rota_line_district_code_set_by_fkey: FOREIGN KEY (district_code, set_by) REFERENCES person(district_code, id)

rota_line rota_line_from_minute_check: CHECK (((from_minute >= 0) AND (from_minute <= 1439)))

rota_line rota_line_minutes_check: CHECK (((minutes >= 15) AND (minutes <= 1440)))

rota_line rota_line_name_check: CHECK (((char_length(name) >= 1) AND (char_length(name) <= 20)))

rota_line rota_line_pkey: PRIMARY KEY (district_code, id)

rota_line rota_line_weekdays_check: CHECK (((weekdays <@ ARRAY[(1)::smallint, (2)::smallint, (3)::smallint, (4)::smallint, (5)::smallint, (6)::smallint, (7)::smallint]) AND ((cardinality(weekdays) >= 1) AND (cardinality(weekdays) <= 7))))

rota_swap rota_swap_check: CHECK ((backup_person_id <> person_id))

rota_swap rota_swap_district_code_backup_person_id_fkey: FOREIGN KEY (district_code, backup_person_id) REFERENCES person(district_code, id)

rota_swap rota_swap_district_code_line_id_fkey: FOREIGN KEY (district_code, line_id) REFERENCES rota_line(district_code, id)

rota_swap rota_swap_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

rota_swap rota_swap_district_code_set_by_fkey: FOREIGN KEY (district_code, set_by) REFERENCES person(district_code, id)

rota_swap rota_swap_pkey: PRIMARY KEY (district_code, id)

routing_rule routing_rule_basis_check: CHECK (((char_length(basis) >= 2) AND (char_length(basis) <= 200)))

routing_rule routing_rule_check1: CHECK ((valid_until > valid_from))

routing_rule routing_rule_check2: CHECK ((num_nonnulls(organisation_id, functions, desk_level) = 1))

routing_rule routing_rule_check: CHECK (((category_code IS NULL) OR (group_code IS NULL)))

routing_rule routing_rule_district_code_category_code_fkey: FOREIGN KEY (district_code, category_code) REFERENCES category(district_code, code)

routing_rule routing_rule_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

routing_rule routing_rule_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

routing_rule routing_rule_functions_check: CHECK (((functions IS NULL) OR ((cardinality(functions) >= 1) AND (cardinality(functions) <= 6))))

routing_rule routing_rule_pkey: PRIMARY KEY (district_code, id, version)

routing_rule routing_rule_version_check: CHECK ((version > 0))

saved_view saved_view_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

saved_view saved_view_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

saved_view saved_view_pkey: PRIMARY KEY (district_code, id)

search_document search_document_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

search_document search_document_pkey: PRIMARY KEY (district_code, request_id)

search_stale search_stale_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

search_stale search_stale_pkey: PRIMARY KEY (district_code, request_id)

service_request service_request_about: FOREIGN KEY (district_code, about_request_id) REFERENCES service_request(district_code, id)

service_request service_request_channel_check: CHECK ((channel = ANY (ARRAY['phone_page'::text, 'phone_call'::text, 'visit'::text, 'patrol'::text, 'reception_room'::text, 'chat_group'::text, 'spot_code'::text, 'open311'::text, 'meeting'::text, 'clean_up'::text])))

service_request service_request_district_code_code_key: UNIQUE (district_code, code)

service_request service_request_district_code_holder_organisation_id_fkey: FOREIGN KEY (district_code, holder_organisation_id) REFERENCES organisation(district_code, id)

service_request service_request_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

service_request service_request_district_code_reporter_id_fkey: FOREIGN KEY (district_code, reporter_id) REFERENCES reporter(district_code, id)

service_request service_request_erased_check: CHECK ((((erased = ANY (ARRAY['person'::text, 'all'::text])) AND (erased_at IS NOT NULL) AND (reporter_id IS NULL)) OR ((erased IS NULL) AND (erased_at IS NULL))))

service_request service_request_holder_check: CHECK (((state = ANY (ARRAY['closed'::text, 'declined'::text, 'merged'::text, 'withdrawn'::text])) = (holder_organisation_id IS NULL))) NOT VALID

service_request service_request_level_check: CHECK ((level = ANY (ARRAY['building'::text, 'compound'::text, 'grid'::text, 'village_group'::text, 'community'::text, 'subdistrict'::text, 'district'::text]))) NOT VALID

service_request service_request_pkey: PRIMARY KEY (district_code, id)

service_request service_request_proposed_check: CHECK ((proposed = ANY (ARRAY['suspend'::text, 'extend'::text, 'exclude'::text])))

service_request service_request_satisfaction_check: CHECK ((satisfaction = ANY (ARRAY['satisfied'::text, 'fair'::text, 'dissatisfied'::text, 'silent'::text, 'unreachable'::text])))

service_request service_request_state_check: CHECK ((state = ANY (ARRAY['submitted'::text, 'accepted'::text, 'assigned'::text, 'in_progress'::text, 'whistled'::text, 'suspended'::text, 'answered'::text, 'closed'::text, 'declined'::text, 'appealed'::text, 'merged'::text, 'withdrawn'::text]))) NOT VALID

service_request service_request_urgency_check: CHECK ((urgency = ANY (ARRAY['now'::text, 'by_date'::text, 'explain'::text])))

session session_kind_check: CHECK ((kind = ANY (ARRAY['staff'::text, 'reporter'::text, 'follower'::text, 'second_factor'::text])))

session session_pkey: PRIMARY KEY (district_code, token_hash)

spot_draw spot_draw_percent_check: CHECK (((percent >= 1) AND (percent <= 100)))

spot_draw spot_draw_pkey: PRIMARY KEY (district_code, day)

spot_pick spot_pick_check: CHECK (((result IS NULL) = (done_at IS NULL)))

spot_pick spot_pick_district_code_day_fkey: FOREIGN KEY (district_code, day) REFERENCES spot_draw(district_code, day)

spot_pick spot_pick_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

spot_pick spot_pick_district_code_visit_id_fkey: FOREIGN KEY (district_code, visit_id) REFERENCES visit(district_code, id)

spot_pick spot_pick_pkey: PRIMARY KEY (district_code, visit_id)

spot_pick spot_pick_result_check: CHECK ((result = ANY (ARRAY['visited'::text, 'not_visited'::text, 'not_reached'::text])))

spot_rate spot_rate_percent_check: CHECK (((percent >= 1) AND (percent <= 100)))

spot_rate spot_rate_pkey: PRIMARY KEY (district_code)

suggestion_model suggestion_model_kind_check: CHECK ((kind = ANY (ARRAY['category'::text, 'urgency'::text])))

suggestion_model suggestion_model_pkey: PRIMARY KEY (district_code, kind, version)

suggestion_model suggestion_model_version_check: CHECK ((version > 0))

suggestion_offer suggestion_offer_pkey: PRIMARY KEY (district_code, request_id)

suggestion_offer suggestion_offer_urgency_check: CHECK ((urgency = ANY (ARRAY['now'::text, 'by_date'::text, 'explain'::text])))

visit visit_check: CHECK (((household_id IS NULL) = (outcome = 'walked'::text)))

visit visit_district_code_household_id_fkey: FOREIGN KEY (district_code, household_id) REFERENCES household(district_code, id)

visit visit_how_check: CHECK ((how = ANY (ARRAY['fine'::text, 'difficulty'::text, 'come_more_often'::text])))

visit visit_outcome_check: CHECK ((outcome = ANY (ARRAY['met'::text, 'not_at_home'::text, 'declined'::text, 'moved'::text, 'walked'::text])))

visit visit_pkey: PRIMARY KEY (district_code, id)

visit visit_visitor_check: CHECK ((visitor = ANY (ARRAY['liaison'::text, 'backup'::text, 'leader'::text, 'grid'::text])))

visit_confirmation visit_confirmation_answer_check: CHECK ((answer = ANY (ARRAY['yes'::text, 'no'::text])))

visit_confirmation visit_confirmation_check: CHECK (((answer IS NULL) = (answered_at IS NULL)))

visit_confirmation visit_confirmation_district_code_visit_id_fkey: FOREIGN KEY (district_code, visit_id) REFERENCES visit(district_code, id)

visit_confirmation visit_confirmation_pkey: PRIMARY KEY (district_code, visit_id)

visit_confirmation visit_confirmation_way_check: CHECK ((way = ANY (ARRAY['qr'::text, 'sms'::text])))

visit_day visit_day_pkey: PRIMARY KEY (district_code, day)

visit_event visit_event_district_code_household_id_fkey: FOREIGN KEY (district_code, household_id) REFERENCES household(district_code, id)

visit_event visit_event_kind_check: CHECK ((kind = ANY (ARRAY['on_request'::text, 'urgent_difficulty'::text, 'family_conflict'::text])))

visit_event visit_event_pkey: PRIMARY KEY (district_code, id)

visit_need visit_need_district_code_visit_id_fkey: FOREIGN KEY (district_code, visit_id) REFERENCES visit(district_code, id)

visit_need visit_need_pkey: PRIMARY KEY (district_code, visit_id, request_id)

visit_rule visit_rule_check1: CHECK (((who = 'event'::text) = ((event IS NOT NULL) AND (event <> 'holiday'::text))))

visit_rule visit_rule_check2: CHECK (((who = 'walk'::text) = (visitor = 'grid'::text)))

visit_rule visit_rule_check3: CHECK (((rhythm <> 'event'::text) OR (days IS NOT NULL)))

visit_rule visit_rule_check: CHECK (((rhythm = 'event'::text) = (event IS NOT NULL)))

visit_rule visit_rule_days_check: CHECK (((days >= 1) AND (days <= 92)))

visit_rule visit_rule_event_check: CHECK ((event = ANY (ARRAY['holiday'::text, 'on_request'::text, 'serious_illness'::text, 'urgent_difficulty'::text, 'family_conflict'::text, 'moved_in'::text])))

visit_rule visit_rule_pkey: PRIMARY KEY (district_code, id, version)

visit_rule visit_rule_rhythm_check: CHECK ((rhythm = ANY (ARRAY['weekly'::text, 'half_monthly'::text, 'monthly'::text, 'quarterly'::text, 'event'::text])))

visit_rule visit_rule_visitor_check: CHECK ((visitor = ANY (ARRAY['liaison'::text, 'backup'::text, 'leader'::text, 'grid'::text])))

visit_rule visit_rule_who_check: CHECK ((who = ANY (ARRAY['all'::text, 'care'::text, 'list'::text, 'event'::text, 'walk'::text])))

visit_rule_household visit_rule_household_check: CHECK ((removed_on >= added_on))

visit_rule_household visit_rule_household_district_code_household_id_fkey: FOREIGN KEY (district_code, household_id) REFERENCES household(district_code, id)

visit_rule_household visit_rule_household_pkey: PRIMARY KEY (district_code, rule_id, household_id)

visit_run visit_run_pkey: PRIMARY KEY (district_code, rule_id, period)

visit_task visit_task_check1: CHECK ((closes_on > due_on))

visit_task visit_task_check: CHECK ((due_on >= opens_on))

visit_task visit_task_district_code_household_id_fkey: FOREIGN KEY (district_code, household_id) REFERENCES household(district_code, id)

visit_task visit_task_pkey: PRIMARY KEY (district_code, id)

visit_task visit_task_state_check: CHECK ((state = ANY (ARRAY['scheduled'::text, 'open'::text, 'done'::text, 'missed'::text, 'excused'::text, 'cancelled'::text])))

visit_task visit_task_visitor_check: CHECK ((visitor = ANY (ARRAY['liaison'::text, 'backup'::text, 'leader'::text, 'grid'::text])))

visit_task_entry visit_task_entry_district_code_task_id_fkey: FOREIGN KEY (district_code, task_id) REFERENCES visit_task(district_code, id)

visit_task_entry visit_task_entry_kind_check: CHECK ((kind = ANY (ARRAY['met'::text, 'walked'::text, 'not_at_home'::text, 'declined'::text, 'moved'::text, 'miss'::text, 'hand_over'::text, 'excuse'::text, 'cancel'::text])))

visit_task_entry visit_task_entry_pkey: PRIMARY KEY (district_code, id)

whistle whistle_check1: CHECK (((state = ANY (ARRAY['rated'::text, 'unrated'::text, 'sent_back'::text, 'lapsed'::text])) = (over_at IS NOT NULL)))

whistle whistle_check: CHECK (((state = ANY (ARRAY['rated'::text, 'unrated'::text, 'sent_back'::text, 'lapsed'::text])) = (turn_organisation_id IS NULL)))

whistle whistle_district_code_blower_organisation_id_fkey: FOREIGN KEY (district_code, blower_organisation_id) REFERENCES organisation(district_code, id)

whistle whistle_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

whistle whistle_district_code_town_organisation_id_fkey: FOREIGN KEY (district_code, town_organisation_id) REFERENCES organisation(district_code, id)

whistle whistle_pkey: PRIMARY KEY (district_code, id)

whistle whistle_state_check: CHECK ((state = ANY (ARRAY['formed'::text, 'blown'::text, 'handling'::text, 'done'::text, 'rated'::text, 'unrated'::text, 'sent_back'::text, 'lapsed'::text])))

whistle_entry whistle_entry_district_code_id_key: UNIQUE (district_code, id)

whistle_entry whistle_entry_district_code_whistle_id_fkey: FOREIGN KEY (district_code, whistle_id) REFERENCES whistle(district_code, id)

whistle_entry whistle_entry_kind_check: CHECK ((kind = ANY (ARRAY['form'::text, 'here'::text, 'send_back'::text, 'blow'::text, 'report_in'::text, 'join'::text, 'object'::text, 'release'::text, 'insist'::text, 'note'::text, 'done'::text, 'again'::text, 'rate'::text, 'unrated'::text, 'lapse'::text, 'remind'::text, 'supervise'::text])))

whistle_entry whistle_entry_pkey: PRIMARY KEY (district_code, whistle_id, seq)

whistle_part whistle_part_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

whistle_part whistle_part_district_code_whistle_id_fkey: FOREIGN KEY (district_code, whistle_id) REFERENCES whistle(district_code, id)

whistle_part whistle_part_pkey: PRIMARY KEY (district_code, whistle_id, organisation_id)

whistle_part whistle_part_rating_check: CHECK ((rating = ANY (ARRAY['satisfied'::text, 'fair'::text, 'dissatisfied'::text])))

whistle_part whistle_part_role_check: CHECK ((role = ANY (ARRAY['lead'::text, 'assist'::text])))

whistle_request whistle_request_district_code_request_id_fkey: FOREIGN KEY (district_code, request_id) REFERENCES service_request(district_code, id)

whistle_request whistle_request_district_code_whistle_id_fkey: FOREIGN KEY (district_code, whistle_id) REFERENCES whistle(district_code, id)

whistle_request whistle_request_pkey: PRIMARY KEY (district_code, whistle_id, request_id)

wish wish_check1: CHECK (((state <> ALL (ARRAY['fulfilled'::text, 'thanked'::text, 'declined'::text, 'withdrawn'::text])) OR (due_at IS NULL)))

wish wish_check: CHECK (((state <> ALL (ARRAY['published'::text, 'claimed'::text, 'fulfilled'::text, 'thanked'::text])) OR ((published_at IS NOT NULL) AND (title IS NOT NULL))))

wish wish_claimed_by_check: CHECK ((claimed_by = ANY (ARRAY['person'::text, 'organisation'::text, 'resident'::text])))

wish wish_district_code_code_key: UNIQUE (district_code, code)

wish wish_district_code_id_fkey: FOREIGN KEY (district_code, id) REFERENCES wish_told(district_code, wish_id)

wish wish_district_code_path_fkey: FOREIGN KEY (district_code, path) REFERENCES area(district_code, path)

wish wish_kind_check: CHECK ((kind = ANY (ARRAY['thing'::text, 'repair'::text, 'company'::text, 'learning'::text, 'errand'::text, 'other'::text])))

wish wish_pkey: PRIMARY KEY (district_code, id)

wish wish_state_check: CHECK ((state = ANY (ARRAY['told'::text, 'published'::text, 'claimed'::text, 'fulfilled'::text, 'thanked'::text, 'declined'::text, 'withdrawn'::text, 'expired'::text])))

wish_claim wish_claim_by_kind_check: CHECK ((by_kind = ANY (ARRAY['person'::text, 'organisation'::text, 'resident'::text])))

wish_claim wish_claim_check1: CHECK (((by_kind = 'resident'::text) OR (person_id IS NOT NULL)))

wish_claim wish_claim_check2: CHECK (((ended_at IS NULL) = (ended_for IS NULL)))

wish_claim wish_claim_check: CHECK (((by_kind = 'organisation'::text) = (organisation_id IS NOT NULL)))

wish_claim wish_claim_district_code_organisation_id_fkey: FOREIGN KEY (district_code, organisation_id) REFERENCES organisation(district_code, id)

wish_claim wish_claim_district_code_person_id_fkey: FOREIGN KEY (district_code, person_id) REFERENCES person(district_code, id)

wish_claim wish_claim_district_code_wish_id_fkey: FOREIGN KEY (district_code, wish_id) REFERENCES wish(district_code, id)

wish_claim wish_claim_ended_for_check: CHECK ((ended_for = ANY (ARRAY['fulfilled'::text, 'given_back'::text, 'late'::text, 'withdrawn'::text])))

wish_claim wish_claim_pkey: PRIMARY KEY (district_code, id)

wish_entry wish_entry_by_kind_check: CHECK ((by_kind = ANY (ARRAY['resident'::text, 'staff'::text, 'system'::text])))

wish_entry wish_entry_district_code_id_key: UNIQUE (district_code, id)

wish_entry wish_entry_district_code_wish_id_fkey: FOREIGN KEY (district_code, wish_id) REFERENCES wish(district_code, id)

wish_entry wish_entry_pkey: PRIMARY KEY (district_code, wish_id, seq)

wish_told wish_told_district_code_reporter_id_fkey: FOREIGN KEY (district_code, reporter_id) REFERENCES reporter(district_code, id)

wish_told wish_told_pkey: PRIMARY KEY (district_code, wish_id)

worker_alive worker_alive_pkey: PRIMARY KEY (worker_id)

-- indexes

CREATE INDEX absence_backup ON public.absence USING btree (district_code, backup_person_id, from_on)

CREATE INDEX absence_person ON public.absence USING btree (district_code, person_id, from_on)

CREATE INDEX absence_until ON public.absence USING btree (district_code, person_id, COALESCE(until_on, 'infinity'::date))

CREATE INDEX area_code ON public.area USING btree (district_code, code)

CREATE INDEX area_grams ON public.area USING gin (app.grams(district_code, name))

CREATE INDEX area_parent ON public.area USING btree (district_code, parent_path, path)

CREATE INDEX area_point ON public.area USING btree (district_code, kind, lat)

CREATE INDEX attachment_loose ON public.attachment USING btree (district_code, created_at) WHERE (request_id IS NULL)

CREATE INDEX attachment_request ON public.attachment USING btree (district_code, request_id) WHERE (request_id IS NOT NULL)

CREATE INDEX attachment_visit ON public.attachment USING btree (district_code, visit_id) WHERE (visit_id IS NOT NULL)

CREATE INDEX audit_entry_actor ON public.audit_entry USING btree (district_code, actor_id, at DESC)

CREATE INDEX audit_entry_at ON public.audit_entry USING btree (district_code, at, lane, seq)

CREATE INDEX audit_entry_reporter ON public.audit_entry USING btree (district_code, reporter_id, at DESC) WHERE (reporter_id IS NOT NULL)

CREATE INDEX audit_entry_setting ON public.audit_entry USING btree (district_code, at DESC, lane DESC, seq DESC) WHERE (subject_kind = ANY (ARRAY['category'::text, 'calendar'::text, 'organisation'::text, 'area'::text, 'message_template'::text]))

CREATE INDEX audit_entry_subject ON public.audit_entry USING btree (district_code, subject_id, at DESC)

CREATE INDEX call_pick_day ON public.call_pick USING btree (district_code, day)

CREATE INDEX call_pick_open ON public.call_pick USING btree (district_code, organisation_id, day, request_id) WHERE (done_at IS NULL)

CREATE INDEX care_helper ON public.care USING btree (district_code, helper_person_id) WHERE (helper_person_id IS NOT NULL)

CREATE INDEX care_household ON public.care USING btree (district_code, household_id)

CREATE INDEX care_kind ON public.care USING btree (district_code, kind, household_id) WHERE (ended_on IS NULL)

CREATE INDEX care_open ON public.care USING btree (district_code, resident_id, kind) WHERE (ended_on IS NULL)

CREATE INDEX care_path ON public.care USING btree (district_code, path) WHERE (ended_on IS NULL)

CREATE INDEX care_review ON public.care USING btree (district_code, review_on, id) WHERE (ended_on IS NULL)

CREATE INDEX dispatch_choice_request ON public.dispatch_choice USING btree (district_code, request_id, turn)

CREATE INDEX dispatch_choice_rule ON public.dispatch_choice USING btree (district_code, rule_id, at) WHERE (rule_id IS NOT NULL)

CREATE INDEX dispatch_choice_time ON public.dispatch_choice USING btree (district_code, at, entry_id)

CREATE INDEX dispatch_step_due ON public.dispatch_step USING btree (district_code, due_at, request_id) WHERE ((told_at IS NULL) AND (due_at IS NOT NULL))

CREATE INDEX dispatch_step_new ON public.dispatch_step USING btree (district_code, since, request_id) WHERE (due_at IS NULL)

CREATE INDEX duty_dwelling ON public.duty USING btree (district_code, dwelling_id, valid_from)

CREATE INDEX duty_path ON public.duty USING btree (district_code, path, dwelling_id)

CREATE INDEX duty_person ON public.duty USING btree (district_code, person_id, valid_from)

CREATE INDEX duty_plan ON public.duty USING btree (district_code, plan_id) WHERE (plan_id IS NOT NULL)

CREATE INDEX erasure_hold_recent ON public.erasure_hold USING btree (district_code, set_at DESC, id DESC) WHERE (ended_at IS NULL)

CREATE INDEX erasure_recent ON public.erasure USING btree (district_code, asked_at DESC, id DESC)

CREATE INDEX erasure_reporter ON public.erasure USING btree (district_code, reporter_id, asked_at DESC) WHERE (reporter_id IS NOT NULL)

CREATE INDEX erasure_request ON public.erasure USING btree (district_code, request_id) WHERE (request_id IS NOT NULL)

CREATE INDEX erasure_unfinished ON public.erasure USING btree (district_code, erased_at, id) WHERE (state = 'erased'::text)

CREATE INDEX erasure_waiting ON public.erasure USING btree (district_code, due_at, id) WHERE (state = 'waiting'::text)

CREATE INDEX export_maker ON public.export USING btree (district_code, by_person_id, created_at, id)

CREATE INDEX export_waiting ON public.export USING btree (district_code, created_at, id) WHERE (state = 'waiting'::text)

CREATE INDEX field_device_person ON public.field_device USING btree (district_code, person_id, registered_at)

CREATE INDEX field_entry_device ON public.field_entry USING btree (district_code, device_id)

CREATE INDEX field_entry_left ON public.field_entry USING btree (district_code, path, seq) WHERE ((fate = 'left_over'::text) AND (decided_at IS NULL))

CREATE INDEX field_entry_news ON public.field_entry USING btree (district_code, person_id, changed_in)

CREATE INDEX field_entry_person ON public.field_entry USING btree (district_code, person_id, seq DESC)

CREATE INDEX field_entry_requests ON public.field_entry USING btree (district_code, person_id, received_at) WHERE (request_ids <> '{}'::uuid[])

CREATE INDEX field_file_awaited ON public.field_file USING btree (district_code, person_id, since) WHERE (state = 'awaited'::text)

CREATE INDEX field_file_waiting ON public.field_file USING btree (district_code, attachment_id) WHERE (state = 'awaited'::text)

CREATE INDEX field_holding_person ON public.field_holding USING btree (district_code, person_id, household_id)

CREATE INDEX grid_part_grid ON public.grid_part USING btree (district_code, grid_path, part_path)

CREATE INDEX grid_part_past ON public.grid_part USING btree (district_code, part_path, valid_from)

CREATE INDEX grid_push_newest ON public.grid_push USING btree (district_code, made_at DESC, id DESC)

CREATE INDEX grid_push_organisation ON public.grid_push USING btree (district_code, organisation_id, made_at)

CREATE INDEX grid_push_path ON public.grid_push USING btree (district_code, path, made_at)

CREATE INDEX grid_push_running ON public.grid_push USING btree (district_code, (
CASE
    WHEN (ends_on IS NULL) THEN 'infinity'::date
    ELSE ends_on
END)) WHERE (state = 'in_force'::text)

CREATE INDEX grid_push_waiting ON public.grid_push USING btree (district_code, made_at DESC, id DESC) WHERE (state = 'waiting'::text)

CREATE INDEX household_conflict_waiting ON public.household_conflict USING btree (district_code, opened_at, id) WHERE (resolved_at IS NULL)

CREATE INDEX household_dwelling ON public.household USING btree (district_code, dwelling_id)

CREATE INDEX household_entry_path ON public.household_entry USING btree (district_code, path, at)

CREATE INDEX household_merged ON public.household USING btree (district_code, merged_into_id) WHERE (merged_into_id IS NOT NULL)

CREATE INDEX household_moved_in ON public.household USING btree (district_code, moved_in) WHERE (moved_in IS NOT NULL)

CREATE INDEX household_path ON public.household USING btree (district_code, path)

CREATE INDEX import_effect_kept ON public.import_effect USING btree (district_code, import_id, undone, record_id)

CREATE INDEX import_error_code ON public.import_error USING btree (district_code, import_id, code, "row", col)

CREATE INDEX import_row_household ON public.import_row USING btree (district_code, import_id, household_id)

CREATE INDEX import_time ON public.import USING btree (district_code, created_at, id)

CREATE INDEX liaison_door_unit ON public.liaison_door USING btree (district_code, scenario_id, path, floor, number)

CREATE INDEX liaison_scenario_newest ON public.liaison_scenario USING btree (district_code, drafted_at DESC, id DESC)

CREATE INDEX liaison_scenario_path ON public.liaison_scenario USING btree (district_code, path, starts_on)

CREATE INDEX mediation_mediator_person ON public.mediation_mediator USING btree (district_code, person_id, mediation_id) WHERE (until IS NULL)

CREATE INDEX mediation_organisation ON public.mediation USING btree (district_code, organisation_id, opened_at, id)

CREATE INDEX mediation_party_resident ON public.mediation_party USING btree (district_code, resident_id) WHERE (resident_id IS NOT NULL)

CREATE INDEX mediation_request ON public.mediation USING btree (district_code, request_id) WHERE (request_id IS NOT NULL)

CREATE INDEX meeting_area ON public.meeting USING btree (district_code, path, at DESC, id DESC)

CREATE INDEX meeting_coming ON public.meeting USING btree (district_code, at, id) WHERE (state = ANY (ARRAY['preparing'::text, 'called'::text, 'open'::text]))

CREATE INDEX meeting_item_meeting ON public.meeting_item USING btree (district_code, meeting_id, seq)

CREATE INDEX meeting_item_request ON public.meeting_item USING btree (district_code, request_id) WHERE (request_id IS NOT NULL)

CREATE INDEX meeting_joint ON public.meeting USING btree (district_code, joint_id, at DESC, id DESC)

CREATE INDEX meeting_member_organisation ON public.meeting_member USING btree (district_code, organisation_id, meeting_id)

CREATE INDEX meeting_recent ON public.meeting USING btree (district_code, at DESC, id DESC)

CREATE INDEX meeting_seat_organisation ON public.meeting_seat USING btree (district_code, organisation_id, joint_id)

CREATE INDEX message_device ON public.message USING btree (district_code, device_id, created_at DESC) WHERE (device_id IS NOT NULL)

CREATE INDEX message_digest_person ON public.message USING btree (district_code, to_person_id, channel, try_at) WHERE ((state = 'waiting'::text) AND digest)

CREATE INDEX message_digest_reporter ON public.message USING btree (district_code, to_reporter_id, channel, try_at) WHERE ((state = 'waiting'::text) AND digest)

CREATE INDEX message_failed ON public.message USING btree (district_code, created_at DESC, id DESC) WHERE (state = 'failed'::text)

CREATE INDEX message_failed_reason ON public.message USING btree (district_code, reason, channel, created_at, id) WHERE (state = 'failed'::text)

CREATE INDEX message_held ON public.message USING btree (district_code, channel, not_before) WHERE ((state = 'waiting'::text) AND (not_before IS NOT NULL))

CREATE INDEX message_organisation ON public.message USING btree (district_code, to_organisation_id, created_at DESC, id DESC) WHERE ((to_organisation_id IS NOT NULL) AND (channel = 'in_app'::text))

CREATE INDEX message_organisation_since ON public.message USING btree (district_code, to_organisation_id, written_in, id) WHERE ((to_organisation_id IS NOT NULL) AND (channel = 'in_app'::text))

CREATE INDEX message_person ON public.message USING btree (district_code, to_person_id, created_at DESC, id DESC) WHERE ((to_person_id IS NOT NULL) AND (channel = 'in_app'::text))

CREATE INDEX message_person_since ON public.message USING btree (district_code, to_person_id, written_in, id) WHERE ((to_person_id IS NOT NULL) AND (channel = 'in_app'::text))

CREATE INDEX message_reporter ON public.message USING btree (district_code, to_reporter_id, created_at DESC, id DESC) WHERE ((to_reporter_id IS NOT NULL) AND (channel = 'in_app'::text))

CREATE INDEX message_reporter_since ON public.message USING btree (district_code, to_reporter_id, written_in, id) WHERE ((to_reporter_id IS NOT NULL) AND (channel = 'in_app'::text))

CREATE INDEX message_request ON public.message USING btree (district_code, request_id, created_at DESC, id DESC) WHERE (request_id IS NOT NULL)

CREATE INDEX message_sending ON public.message USING btree (district_code, try_at) WHERE (state = 'sending'::text)

CREATE INDEX message_sent ON public.message USING btree (district_code, channel, sent_at) WHERE ((state = 'sent'::text) AND (channel <> 'in_app'::text))

CREATE INDEX message_waiting ON public.message USING btree (district_code, channel, try_at) WHERE (state = 'waiting'::text)

CREATE INDEX offer_area ON public.offer USING btree (district_code, path, at DESC)

CREATE INDEX offer_ask_person ON public.offer_ask USING btree (district_code, person_id, asked_at DESC)

CREATE INDEX offer_ask_waiting ON public.offer_ask USING btree (district_code, person_id) WHERE (answer IS NULL)

CREATE INDEX offer_live ON public.offer USING btree (district_code, id) WHERE (state = ANY (ARRAY['open'::text, 'taken'::text]))

CREATE INDEX offer_newest ON public.offer USING btree (district_code, at DESC, id DESC)

CREATE INDEX offer_request ON public.offer USING btree (district_code, request_id, at DESC)

CREATE INDEX offer_round ON public.offer USING btree (district_code, round_ends_at) WHERE (state = 'open'::text)

CREATE INDEX offer_taken ON public.offer USING btree (district_code, taken_by_person_id, taken_at DESC) WHERE (taken_by_person_id IS NOT NULL)

CREATE INDEX organisation_grams ON public.organisation USING gin (app.grams(district_code, ((name || ' '::text) || short_name)))

CREATE INDEX organisation_kind ON public.organisation USING btree (district_code, kind, name, id)

CREATE INDEX organisation_name ON public.organisation USING btree (district_code, name, id)

CREATE INDEX organisation_pair_path ON public.organisation_pair USING btree (district_code, path)

CREATE INDEX organisation_path ON public.organisation USING btree (district_code, path)

CREATE INDEX person_anchor_person ON public.person_anchor USING btree (district_code, person_id)

CREATE INDEX person_employer ON public.person USING btree (district_code, employer_id) WHERE (employer_id IS NOT NULL)

CREATE INDEX person_grams ON public.person USING gin (app.grams(district_code, name))

CREATE INDEX person_initials_of ON public.person_initials USING btree (district_code, initials)

CREATE INDEX person_name ON public.person USING btree (district_code, name, id)

CREATE INDEX person_skill_skill ON public.person_skill USING btree (district_code, skill, person_id)

CREATE INDEX post_backup ON public.post USING btree (district_code, backup_person_id)

CREATE INDEX post_organisation ON public.post USING btree (district_code, organisation_id)

CREATE INDEX post_path ON public.post USING btree (district_code, path, role)

CREATE INDEX post_person ON public.post USING btree (district_code, person_id)

CREATE INDEX precedent_kind ON public.precedent USING btree (district_code, category_code, path, at DESC) WHERE (ended_at IS NULL)

CREATE INDEX precedent_request ON public.precedent USING btree (district_code, request_id) WHERE (request_id IS NOT NULL)

CREATE INDEX promise_household ON public.promise USING btree (district_code, household_id, on_day)

CREATE INDEX promise_path ON public.promise USING btree (district_code, path, on_day, id) WHERE (state = 'open'::text)

CREATE INDEX promise_person ON public.promise USING btree (district_code, person_id, on_day, id) WHERE (state = 'open'::text)

CREATE INDEX publication_cleared ON public.publication USING btree (district_code, cleared_at) WHERE (withdrawn_at IS NULL)

CREATE INDEX push_subscription_owner ON public.push_subscription USING btree (district_code, owner_id, created_at)

CREATE INDEX reporter_bare ON public.reporter USING btree (district_code, created_at) WHERE ((phone_index IS NULL) AND (name IS NULL))

CREATE INDEX reporter_household ON public.reporter USING btree (district_code, home_household_id) WHERE (home_household_id IS NOT NULL)

CREATE INDEX request_entry_answered ON public.request_entry USING btree (district_code, at) INCLUDE (request_id) WHERE (kind = 'answer'::text)

CREATE INDEX request_entry_at ON public.request_entry USING btree (district_code, at)

CREATE INDEX request_entry_follower ON public.request_entry USING btree (district_code, by_follower_id) WHERE (by_follower_id IS NOT NULL)

CREATE INDEX request_follower_any ON public.request_follower USING btree (district_code, reporter_id)

CREATE INDEX request_follower_reporter ON public.request_follower USING btree (district_code, reporter_id, since DESC) WHERE (until IS NULL)

CREATE INDEX request_follower_request ON public.request_follower USING btree (district_code, request_id) WHERE (until IS NULL)

CREATE INDEX request_part_holder ON public.request_part USING btree (district_code, organisation_id, due_at, request_id) WHERE (organisation_id IS NOT NULL)

CREATE INDEX request_party_organisation ON public.request_party USING btree (district_code, organisation_id, since DESC, request_id)

CREATE INDEX resident_household ON public.resident USING btree (district_code, household_id)

CREATE INDEX resident_identity ON public.resident USING btree (district_code, identity_index) WHERE (identity_index IS NOT NULL)

CREATE INDEX resident_name ON public.resident USING btree (district_code, name, birth_year)

CREATE INDEX resident_past_entry ON public.resident_past USING btree (district_code, entry_id)

CREATE INDEX resident_past_household ON public.resident_past USING btree (district_code, household_id, until_on)

CREATE INDEX resident_past_resident ON public.resident_past USING btree (district_code, resident_id)

CREATE INDEX resident_path ON public.resident USING btree (district_code, path)

CREATE INDEX resident_phone ON public.resident USING btree (district_code, phone_index) WHERE (phone_index IS NOT NULL)

CREATE INDEX robot_organisation ON public.robot USING btree (district_code, organisation_id) WHERE active

CREATE INDEX rota_line_organisation ON public.rota_line USING btree (district_code, organisation_id, valid_from)

CREATE INDEX rota_line_until ON public.rota_line USING btree (district_code, organisation_id, (
CASE
    WHEN (valid_until IS NULL) THEN 'infinity'::date
    ELSE valid_until
END))

CREATE INDEX rota_swap_day ON public.rota_swap USING btree (district_code, organisation_id, on_day)

CREATE INDEX saved_view_organisation ON public.saved_view USING btree (district_code, organisation_id, name) WHERE (organisation_id IS NOT NULL)

CREATE INDEX saved_view_person ON public.saved_view USING btree (district_code, person_id, name)

CREATE INDEX search_document_lexemes ON public.search_document USING gin (lexemes) WITH (gin_pending_list_limit='512')

CREATE INDEX service_request_about ON public.service_request USING btree (district_code, about_request_id) WHERE (about_request_id IS NOT NULL)

CREATE INDEX service_request_alarm ON public.service_request USING btree (district_code, next_alarm_at) WHERE (next_alarm_at IS NOT NULL)

CREATE INDEX service_request_area ON public.service_request USING btree (district_code, path, submitted_at)

CREATE INDEX service_request_category ON public.service_request USING btree (district_code, category_code) WHERE (holder_organisation_id IS NOT NULL)

CREATE INDEX service_request_half_erased ON public.service_request USING btree (district_code, erased_at) WHERE (erased = 'person'::text)

CREATE INDEX service_request_heard ON public.service_request USING btree (district_code, heard_by_person_id, submitted_at, id) WHERE (heard_by_person_id IS NOT NULL)

CREATE INDEX service_request_holder ON public.service_request USING btree (district_code, holder_organisation_id, due_at, id) WHERE (holder_organisation_id IS NOT NULL)

CREATE INDEX service_request_kind ON public.service_request USING btree (district_code, category_code, path, submitted_at) WHERE (category_code IS NOT NULL)

CREATE INDEX service_request_near ON public.service_request USING btree (district_code, "left"(path, 30), submitted_at DESC)

CREATE INDEX service_request_open ON public.service_request USING btree (district_code, due_at, id) WHERE (holder_organisation_id IS NOT NULL)

CREATE INDEX service_request_open_recent ON public.service_request USING btree (district_code, submitted_at DESC, id DESC, path, state) WHERE (holder_organisation_id IS NOT NULL)

CREATE INDEX service_request_overdue ON public.service_request USING btree (district_code, submitted_at DESC, id DESC) WHERE overdue

CREATE INDEX service_request_proposed ON public.service_request USING btree (district_code, path, due_at, id) WHERE (proposed IS NOT NULL)

CREATE INDEX service_request_recent ON public.service_request USING btree (district_code, submitted_at DESC, id DESC)

CREATE INDEX service_request_reporter ON public.service_request USING btree (district_code, reporter_id, submitted_at DESC, id DESC)

CREATE INDEX service_request_square ON public.service_request USING btree (district_code, floor((lon * (200)::double precision)), floor((lat * (200)::double precision)), submitted_at DESC) WHERE (lon IS NOT NULL)

CREATE INDEX service_request_stuck ON public.service_request USING btree (district_code, level, path, due_at) WHERE ((holder_organisation_id IS NOT NULL) AND (overdue OR (((standing ->> 'returns'::text))::integer >= 2)))

CREATE INDEX session_expiry ON public.session USING btree (district_code, expires_at)

CREATE INDEX session_follows ON public.session USING gin (request_ids) WHERE (request_ids <> '{}'::uuid[])

CREATE INDEX session_person ON public.session USING btree (district_code, person_id) WHERE (person_id IS NOT NULL)

CREATE INDEX session_reporter ON public.session USING btree (district_code, reporter_id) WHERE (reporter_id IS NOT NULL)

CREATE INDEX spot_pick_day ON public.spot_pick USING btree (district_code, day, organisation_id, visit_id)

CREATE INDEX spot_pick_open ON public.spot_pick USING btree (district_code, organisation_id, day, visit_id) WHERE (done_at IS NULL)

CREATE INDEX spot_pick_path ON public.spot_pick USING btree (district_code, path, day)

CREATE INDEX suggestion_offer_time ON public.suggestion_offer USING btree (district_code, offered_at)

CREATE INDEX visit_confirmation_denied ON public.visit_confirmation USING btree (district_code, path, answered_at) WHERE (answer = 'no'::text)

CREATE INDEX visit_day_list ON public.visit USING btree (district_code, on_day, id)

CREATE INDEX visit_event_household ON public.visit_event USING btree (district_code, household_id)

CREATE INDEX visit_event_kind ON public.visit_event USING btree (district_code, kind, on_day, household_id)

CREATE INDEX visit_household ON public.visit USING btree (district_code, household_id, on_day DESC, id)

CREATE INDEX visit_need_request ON public.visit_need USING btree (district_code, request_id)

CREATE INDEX visit_path ON public.visit USING btree (district_code, path, on_day, id)

CREATE INDEX visit_person ON public.visit USING btree (district_code, person_id, on_day, id)

CREATE INDEX visit_rule_household_household ON public.visit_rule_household USING btree (district_code, household_id)

CREATE INDEX visit_task_entry_household ON public.visit_task_entry USING btree (district_code, household_id, at)

CREATE INDEX visit_task_entry_task ON public.visit_task_entry USING btree (district_code, task_id, on_day)

CREATE INDEX visit_task_entry_visit ON public.visit_task_entry USING btree (district_code, visit_id) WHERE (visit_id IS NOT NULL)

CREATE INDEX visit_task_path ON public.visit_task USING btree (district_code, path, due_on, id)

CREATE INDEX visit_task_person ON public.visit_task USING btree (district_code, person_id, due_on, id) WHERE (state = ANY (ARRAY['scheduled'::text, 'open'::text]))

CREATE INDEX visit_task_state ON public.visit_task USING btree (district_code, state, due_on, id)

CREATE INDEX whistle_alarm ON public.whistle USING btree (district_code, next_alarm_at) WHERE (next_alarm_at IS NOT NULL)

CREATE INDEX whistle_open ON public.whistle USING btree (district_code, due_at, id) WHERE (over_at IS NULL)

CREATE INDEX whistle_over ON public.whistle USING btree (district_code, over_at DESC, id DESC) WHERE (over_at IS NOT NULL)

CREATE INDEX whistle_part_awaited ON public.whistle_part USING btree (district_code, organisation_id, due_at) WHERE awaited

CREATE INDEX whistle_part_blown ON public.whistle_part USING btree (district_code, blown_at, whistle_id)

CREATE INDEX whistle_part_organisation ON public.whistle_part USING btree (district_code, organisation_id, blown_at, whistle_id)

CREATE INDEX whistle_path ON public.whistle USING btree (district_code, path)

CREATE INDEX whistle_request_request ON public.whistle_request USING btree (district_code, request_id)

CREATE INDEX whistle_turn ON public.whistle USING btree (district_code, turn_organisation_id, due_at, id) WHERE (turn_organisation_id IS NOT NULL)

CREATE INDEX wish_area ON public.wish USING btree (district_code, path, changed_at DESC)

CREATE INDEX wish_claim_person ON public.wish_claim USING btree (district_code, person_id, at DESC) WHERE (person_id IS NOT NULL)

CREATE INDEX wish_claim_reporter ON public.wish_claim USING btree (district_code, reporter_id, at DESC) WHERE (reporter_id IS NOT NULL)

CREATE INDEX wish_claim_wish ON public.wish_claim USING btree (district_code, wish_id, at)

CREATE INDEX wish_due ON public.wish USING btree (district_code, due_at) WHERE (due_at IS NOT NULL)

CREATE INDEX wish_newest ON public.wish USING btree (district_code, changed_at DESC, id DESC)

CREATE INDEX wish_open ON public.wish USING btree (district_code, published_at DESC, id DESC) WHERE (state = 'published'::text)

CREATE INDEX wish_shown ON public.wish USING btree (district_code, published_at DESC, id DESC) WHERE (published_at IS NOT NULL)

CREATE INDEX wish_told_area ON public.wish_told USING btree (district_code, path)

CREATE INDEX wish_told_person ON public.wish_told USING btree (district_code, told_by_person_id) WHERE (told_by_person_id IS NOT NULL)

CREATE INDEX wish_told_reporter ON public.wish_told USING btree (district_code, reporter_id) WHERE (reporter_id IS NOT NULL)

CREATE UNIQUE INDEX api_client_key ON public.api_client USING btree (district_code, key_digest)

CREATE UNIQUE INDEX duty_open ON public.duty USING btree (district_code, dwelling_id) WHERE (valid_until IS NULL)

CREATE UNIQUE INDEX erasure_hold_request ON public.erasure_hold USING btree (district_code, request_id) WHERE (ended_at IS NULL)

CREATE UNIQUE INDEX grid_part_open ON public.grid_part USING btree (district_code, part_path) WHERE (valid_until IS NULL)

CREATE UNIQUE INDEX household_conflict_open ON public.household_conflict USING btree (district_code, household_id, field) WHERE (resolved_at IS NULL)

CREATE UNIQUE INDEX liaison_adjustment_undone ON public.liaison_adjustment USING btree (district_code, undoes_id) WHERE (undoes_id IS NOT NULL)

CREATE UNIQUE INDEX offer_request_live ON public.offer USING btree (district_code, request_id) WHERE (state = ANY (ARRAY['open'::text, 'taken'::text]))

CREATE UNIQUE INDEX organisation_desk ON public.organisation USING btree (district_code, path) WHERE (desk_level IS NOT NULL)

CREATE UNIQUE INDEX person_login ON public.person USING btree (district_code, lower(login)) WHERE (login IS NOT NULL)

CREATE UNIQUE INDEX publication_of_entry ON public.publication USING btree (district_code, request_id, entry_id) WHERE ((entry_id IS NOT NULL) AND (withdrawn_at IS NULL))

CREATE UNIQUE INDEX publication_of_request ON public.publication USING btree (district_code, request_id) WHERE ((entry_id IS NULL) AND (withdrawn_at IS NULL))

CREATE UNIQUE INDEX push_subscription_endpoint ON public.push_subscription USING btree (district_code, endpoint_index)

CREATE UNIQUE INDEX reporter_phone ON public.reporter USING btree (district_code, phone_index) WHERE (phone_index IS NOT NULL)

CREATE UNIQUE INDEX visit_confirmation_token ON public.visit_confirmation USING btree (district_code, token_digest)

CREATE UNIQUE INDEX visit_task_once ON public.visit_task USING btree (district_code, household_id, rule_id, period) WHERE (household_id IS NOT NULL)

CREATE UNIQUE INDEX visit_task_walk ON public.visit_task USING btree (district_code, rule_id, period, path) WHERE (household_id IS NULL)

CREATE UNIQUE INDEX whistle_request_open ON public.whistle_request USING btree (district_code, request_id) WHERE open

CREATE UNIQUE INDEX wish_claim_one ON public.wish_claim USING btree (district_code, wish_id) WHERE ((ended_at IS NULL) OR (ended_for = 'fulfilled'::text))

-- views

view app.public_request as
 SELECT r.district_code,
    r.id,
    r.code,
    r.category_code AS service,
    "substring"(r.path, '^(?:[0-9]+/){1,4}'::text) AS area,
    it.state,
    (it.holder_organisation_id IS NULL) AS closed,
    r.submitted_at,
        CASE
            WHEN (it.holder_organisation_id IS NULL) THEN COALESCE(((it.standing ->> 'closedAt'::text))::timestamp with time zone, last.at)
            ELSE GREATEST(last.at, p.cleared_at)
        END AS updated_at,
        CASE
            WHEN (it.state = ANY (ARRAY['accepted'::text, 'assigned'::text, 'in_progress'::text, 'suspended'::text])) THEN it.due_at
            ELSE NULL::timestamp with time zone
        END AS expected_at,
    COALESCE(it.holder_organisation_id, (((it.standing -> 'answerer'::text) ->> 'organisation'::text))::uuid) AS agency,
        CASE
            WHEN (it.id <> r.id) THEN it.code
            ELSE NULL::text
        END AS merged_into,
    p.title,
    p.description
   FROM (((((service_request r
     LEFT JOIN request_follower f ON (((r.state = 'merged'::text) AND (f.district_code = r.district_code) AND (f.id = r.id) AND (f.until IS NULL))))
     LEFT JOIN service_request m ON (((m.district_code = f.district_code) AND (m.id = f.request_id) AND (NOT m.confidential))))
     JOIN service_request it ON (((it.district_code = r.district_code) AND (it.id = COALESCE(m.id, r.id)))))
     LEFT JOIN publication p ON (((p.district_code = r.district_code) AND (p.request_id = r.id) AND (p.entry_id IS NULL) AND (p.withdrawn_at IS NULL))))
     CROSS JOIN LATERAL ( SELECT e.at
           FROM request_entry e
          WHERE ((e.district_code = it.district_code) AND (e.request_id = it.id) AND e.visible)
          ORDER BY e.seq DESC
         LIMIT 1) last)
  WHERE ((NOT r.confidential) AND (r.complained_of = '{}'::uuid[]) AND (r.category_code IS NOT NULL));

-- sequences

sequence field_entry_seq_seq
sequence request_number
sequence wish_number

-- row security policies

absence absence_of_district allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND (( SELECT app.reach() AS reach) <> 'none'::text))

api_client api_client_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

area area_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

area_level area_level_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

attachment attachment_in_confidence restricts for all to public
  using ((( SELECT app.reach() AS reach) = 'district'::text) OR (request_id IS NULL) OR cleared OR ( SELECT true
   FROM request_entry e
  WHERE ((e.district_code = attachment.district_code) AND (e.id = attachment.entry_id))
 LIMIT 1))

attachment attachment_of_request allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (request_id IS NULL) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = attachment.district_code) AND (r.id = attachment.request_id))
 LIMIT 1)))

attachment attachment_of_visit restricts for all to public
  using ((visit_id IS NULL) OR (( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT true
   FROM visit v
  WHERE ((v.district_code = attachment.district_code) AND (v.id = attachment.visit_id))
 LIMIT 1))

audit_entry audit_entry_in_reach allows for select to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) <> 'none'::text) OR (reporter_id = ( SELECT app.reporter() AS reporter)) OR (subject_id = ANY (( SELECT app.own_home() AS own_home)::uuid[]))))

audit_head audit_head_of_district allows for select to public
  using (district_code = ( SELECT app.district() AS district))

building building_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

call_draw call_draw_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

call_pick call_pick_added allows for insert to public
  check ((district_code = ( SELECT app.district() AS district)) AND (( SELECT app.reach() AS reach) = 'district'::text))

call_pick call_pick_called allows for update to public
  using ((district_code = ( SELECT app.district() AS district)) AND app.reaches_request(request_id))

call_pick call_pick_read allows for select to public
  using (district_code = ( SELECT app.district() AS district))

call_rate call_rate_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

care care_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[]))))

category category_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

category_change category_change_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

category_limit category_limit_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

contact_way contact_way_own allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (owner_id = ( SELECT app.reporter() AS reporter)) OR (owner_id = ( SELECT app.person() AS person))))

credential credential_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

dispatch_choice dispatch_choice_of_request allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = dispatch_choice.district_code) AND (r.id = dispatch_choice.request_id))
 LIMIT 1)))

dispatch_step dispatch_step_of_request allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = dispatch_step.district_code) AND (r.id = dispatch_step.request_id))
 LIMIT 1)))

district_calendar district_calendar_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

district_hours district_hours_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

duty duty_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (person_id = ANY (( SELECT app.acts_for() AS acts_for)::uuid[]))))

dwelling dwelling_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

erasure erasure_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) <> 'none'::text) OR (reporter_id = ( SELECT app.reporter() AS reporter)) OR (id = ANY (( SELECT app.requests() AS requests)::uuid[]))))

erasure_hold erasure_hold_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

export export_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((by_person_id = ( SELECT app.person() AS person)) OR (( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path)))

field_device field_device_own allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (person_id = ( SELECT app.person() AS person))))

field_entry field_entry_own allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (person_id = ( SELECT app.person() AS person)) OR ((fate = 'left_over'::text) AND app.within_paths(path))))

field_file field_file_own allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (person_id = ( SELECT app.person() AS person)) OR ( SELECT true
   FROM field_entry e
  WHERE ((e.district_code = field_file.district_code) AND (e.id = field_file.entry_id))
 LIMIT 1)))

field_holding field_holding_own allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (person_id = ( SELECT app.person() AS person))))

field_mark field_mark_own allows for select to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (household_id = ANY (( SELECT app.own_households() AS own_households)::uuid[]))))

follow_failure follow_failure_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

grid_matter_list grid_matter_list_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

grid_part grid_part_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

grid_push grid_push_changed allows for update to public
  using ((district_code = ( SELECT app.district() AS district)) AND (app.within_paths(path) OR (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[]))))

grid_push grid_push_made allows for insert to public
  check ((district_code = ( SELECT app.district() AS district)) AND (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])))

grid_push grid_push_read allows for select to public
  using ((district_code = ( SELECT app.district() AS district)) AND (( SELECT app.reach() AS reach) <> 'none'::text))

holiday holiday_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

household household_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR ((dwelling_id = ANY (( SELECT app.own_doors() AS own_doors)::uuid[])) AND ((moved_out IS NULL) OR (moved_out > (( SELECT app.today() AS today) - 31))))))

household_conflict household_conflict_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[]))))

household_entry household_entry_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[]))))

import import_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path)))

import_effect import_effect_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path)))

import_error import_error_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path)))

import_mapping import_mapping_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

import_row import_row_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path)))

joint_meeting joint_meeting_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR ( SELECT true
   FROM meeting_seat s
  WHERE ((s.district_code = joint_meeting.district_code) AND (s.joint_id = joint_meeting.id) AND (s.organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])))
 LIMIT 1) OR ( SELECT true
   FROM (meeting_member m
     JOIN meeting t ON (((t.district_code = m.district_code) AND (t.id = m.meeting_id))))
  WHERE ((m.district_code = joint_meeting.district_code) AND (t.joint_id = joint_meeting.id) AND (t.state <> 'preparing'::text) AND (m.organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])))
 LIMIT 1)))

liaison_adjustment liaison_adjustment_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND (scenario_id IN ( SELECT s.id
   FROM liaison_scenario s)))

liaison_door liaison_door_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND (scenario_id IN ( SELECT s.id
   FROM liaison_scenario s)))

liaison_scenario liaison_scenario_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path)))

liaison_solution liaison_solution_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND (scenario_id IN ( SELECT s.id
   FROM liaison_scenario s)))

login_failure login_failure_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

mediation mediation_kept allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])) OR (id = ANY (( SELECT app.mediating() AS mediating)::uuid[]))))

mediation_entry mediation_entry_kept allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])) OR (mediation_id = ANY (( SELECT app.mediating() AS mediating)::uuid[]))))

mediation_mediator mediation_mediator_kept allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])) OR (mediation_id = ANY (( SELECT app.mediating() AS mediating)::uuid[]))))

mediation_party mediation_party_kept allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])) OR (mediation_id = ANY (( SELECT app.mediating() AS mediating)::uuid[]))))

meeting meeting_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR ((state <> 'preparing'::text) AND ( SELECT true
   FROM meeting_member m
  WHERE ((m.district_code = meeting.district_code) AND (m.meeting_id = meeting.id) AND (m.organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])))
 LIMIT 1))))

meeting_item meeting_item_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR ( SELECT true
   FROM meeting t
  WHERE ((t.district_code = meeting_item.district_code) AND (t.id = meeting_item.meeting_id))
 LIMIT 1)))

meeting_member meeting_member_of_district allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND (( SELECT app.reach() AS reach) <> 'none'::text))

meeting_seat meeting_seat_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

message message_added allows for insert to public
  check (district_code = ( SELECT app.district() AS district))

message message_in_confidence restricts for select to public
  using ((( SELECT app.reach() AS reach) = 'district'::text) OR (to_reporter_id IS NULL) OR (to_reporter_id = ( SELECT app.reporter() AS reporter)) OR ( SELECT app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id) AS knows_reporter
   FROM service_request r
  WHERE ((r.district_code = message.district_code) AND (r.id = message.request_id))))

message message_marked allows for update to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (to_reporter_id = ( SELECT app.reporter() AS reporter)) OR (to_person_id = ( SELECT app.person() AS person)) OR (to_organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])) OR ((to_reporter_id IS NOT NULL) AND (request_id = ANY (( SELECT app.requests() AS requests)::uuid[])))))

message message_read allows for select to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (to_reporter_id = ( SELECT app.reporter() AS reporter)) OR (to_person_id = ( SELECT app.person() AS person)) OR (to_organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])) OR ((to_reporter_id IS NOT NULL) AND ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = message.district_code) AND (r.id = message.request_id))
 LIMIT 1))))

message_template message_template_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

not_the_same not_the_same_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path)))

notify_setting notify_setting_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

offer offer_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (id = ANY (( SELECT app.asked_about() AS asked_about)::uuid[]))))

offer_ask offer_ask_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (offer_id = ANY (( SELECT app.asked_about() AS asked_about)::uuid[])) OR ( SELECT true
   FROM offer o
  WHERE ((o.district_code = offer_ask.district_code) AND (o.id = offer_ask.offer_id) AND app.within_paths(o.path))
 LIMIT 1)))

open311_request open311_request_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

organisation organisation_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

organisation_pair organisation_pair_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

person person_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

person_anchor person_anchor_of_district allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND (( SELECT app.reach() AS reach) <> 'none'::text))

person_initials person_initials_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

person_skill person_skill_of_district allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND (( SELECT app.reach() AS reach) <> 'none'::text))

phone_code phone_code_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

post post_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

precedent precedent_of_district allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND (( SELECT app.reach() AS reach) <> 'none'::text))

promise promise_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[])) OR (household_id = ANY (( SELECT app.vouched() AS vouched)::uuid[]))))

publication publication_of_request allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = publication.district_code) AND (r.id = publication.request_id))
 LIMIT 1)))

push_subscription push_subscription_own allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (owner_id = ( SELECT app.reporter() AS reporter)) OR (owner_id = ( SELECT app.person() AS person))))

reporter reporter_in_confidence restricts for all to public
  using ((( SELECT app.reach() AS reach) = 'district'::text) OR (id = ( SELECT app.reporter() AS reporter)) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = reporter.district_code) AND (r.reporter_id = reporter.id) AND app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id))
 LIMIT 1))

reporter reporter_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (id = ( SELECT app.reporter() AS reporter)) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = reporter.district_code) AND (r.reporter_id = reporter.id))
 LIMIT 1)))

request_confidence request_confidence_kept allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id) AS knows_reporter
   FROM service_request r
  WHERE ((r.district_code = request_confidence.district_code) AND (r.id = request_confidence.request_id)))))

request_entry request_entry_in_confidence restricts for all to public
  using ((( SELECT app.reach() AS reach) = 'district'::text) OR ((by_kind = 'system'::text) AND (words IS NULL)) OR (by_person_id = ( SELECT app.person() AS person)) OR ((by_kind = 'staff'::text) AND ((kind = ANY (ARRAY['accept'::text, 'supervise'::text])) OR ((kind = ANY (ARRAY['assign'::text, 'transfer'::text, 'hand_over'::text, 'blow'::text, 'decide'::text, 'split'::text])) AND (((((data -> 'holder'::text) ->> 'organisation'::text))::uuid = ANY (( SELECT app.own_organisations() AS own_organisations)::uuid[])) OR ((data -> 'assisting'::text) ?| (( SELECT app.own_organisations() AS own_organisations))::text[]))))) OR ( SELECT (app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id) OR ((request_entry.by_organisation_id = ANY (( SELECT app.own_organisations() AS own_organisations)::uuid[])) AND ((request_entry.by_organisation_id = ANY (r.complained_of)) OR ( SELECT (o.desk_level IS NULL)
           FROM organisation o
          WHERE ((o.district_code = request_entry.district_code) AND (o.id = request_entry.by_organisation_id))))))
   FROM service_request r
  WHERE ((r.district_code = request_entry.district_code) AND (r.id = request_entry.request_id))))

request_entry request_entry_of_request allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = request_entry.district_code) AND (r.id = request_entry.request_id))
 LIMIT 1)))

request_follower request_follower_added allows for insert to public
  check ((district_code = ( SELECT app.district() AS district)) AND app.reaches_request(request_id))

request_follower request_follower_changed allows for update to public
  using ((district_code = ( SELECT app.district() AS district)) AND app.reaches_request(request_id))

request_follower request_follower_read allows for select to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (reporter_id = ( SELECT app.reporter() AS reporter)) OR (id = ANY (( SELECT app.requests() AS requests)::uuid[])) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = request_follower.district_code) AND (r.id = request_follower.request_id))
 LIMIT 1)))

request_part request_part_of_request allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = request_part.district_code) AND (r.id = request_part.request_id))
 LIMIT 1)))

request_party request_party_added allows for insert to public
  check ((district_code = ( SELECT app.district() AS district)) AND app.reaches_request(request_id))

request_party request_party_changed allows for update to public
  using ((district_code = ( SELECT app.district() AS district)) AND app.reaches_request(request_id))

request_party request_party_read allows for select to public
  using (district_code = ( SELECT app.district() AS district))

resident resident_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[]))))

resident_past resident_past_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[]))))

robot robot_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

rota rota_changed allows for update to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[]))))

rota rota_of_district allows for select to public
  using (district_code = ( SELECT app.district() AS district))

rota rota_set allows for insert to public
  check ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[]))))

rota_line rota_line_changed allows for update to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[]))))

rota_line rota_line_of_district allows for select to public
  using (district_code = ( SELECT app.district() AS district))

rota_line rota_line_set allows for insert to public
  check ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[]))))

rota_swap rota_swap_of_district allows for select to public
  using (district_code = ( SELECT app.district() AS district))

rota_swap rota_swap_set allows for insert to public
  check ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[]))))

routing_rule routing_rule_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

saved_view saved_view_own allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND (person_id = ( SELECT app.person() AS person)))
  check ((district_code = ( SELECT app.district() AS district)) AND (person_id = ( SELECT app.person() AS person)) AND ((organisation_id IS NULL) OR (organisation_id = ANY (( SELECT app.own_organisations() AS own_organisations)::uuid[]))))

saved_view saved_view_read allows for select to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((person_id = ( SELECT app.person() AS person)) OR (organisation_id = ANY (( SELECT app.own_organisations() AS own_organisations)::uuid[]))))

search_document search_document_of_request allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = search_document.district_code) AND (r.id = search_document.request_id))
 LIMIT 1)))

search_stale search_stale_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

service_request service_request_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (id = ANY (( SELECT app.requests() AS requests)::uuid[])) OR (reporter_id = ( SELECT app.reporter() AS reporter)) OR app.within_paths(path) OR ( SELECT true
   FROM request_party p
  WHERE ((p.district_code = service_request.district_code) AND (p.request_id = service_request.id) AND (p.organisation_id = ANY (( SELECT app.organisations() AS organisations)::uuid[])))
 LIMIT 1)))

service_request service_request_not_by_whom_it_is_about restricts for all to public
  using ((( SELECT app.reach() AS reach) = 'district'::text) OR (complained_of = '{}'::uuid[]) OR (NOT (complained_of && ( SELECT app.own_organisations() AS own_organisations))) OR (id = ANY (( SELECT app.requests() AS requests)::uuid[])) OR (reporter_id = ( SELECT app.reporter() AS reporter)) OR ( SELECT true
   FROM request_party p
  WHERE ((p.district_code = service_request.district_code) AND (p.request_id = service_request.id) AND (p.organisation_id = ANY (service_request.complained_of)) AND (p.organisation_id = ANY (( SELECT app.own_organisations() AS own_organisations)::uuid[])))
 LIMIT 1))

session session_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

spot_draw spot_draw_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

spot_pick spot_pick_added allows for insert to public
  check ((district_code = ( SELECT app.district() AS district)) AND (( SELECT app.reach() AS reach) = 'district'::text))

spot_pick spot_pick_asked allows for update to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path)))

spot_pick spot_pick_read allows for select to public
  using ((district_code = ( SELECT app.district() AS district)) AND (( SELECT app.reach() AS reach) <> 'none'::text))

spot_rate spot_rate_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

suggestion_model suggestion_model_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

suggestion_offer suggestion_offer_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR ( SELECT true
   FROM service_request r
  WHERE ((r.district_code = suggestion_offer.district_code) AND (r.id = suggestion_offer.request_id))
 LIMIT 1)))

visit visit_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[])) OR (household_id = ANY (( SELECT app.vouched() AS vouched)::uuid[]))))

visit_confirmation visit_confirmation_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[])) OR (household_id = ANY (( SELECT app.vouched() AS vouched)::uuid[]))))

visit_day visit_day_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

visit_event visit_event_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[])) OR (household_id = ANY (( SELECT app.vouched() AS vouched)::uuid[]))))

visit_need visit_need_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[])) OR (household_id = ANY (( SELECT app.vouched() AS vouched)::uuid[]))))

visit_rule visit_rule_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

visit_rule_household visit_rule_household_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path)))

visit_run visit_run_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

visit_task visit_task_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[])) OR (household_id = ANY (( SELECT app.vouched() AS vouched)::uuid[])) OR ((household_id IS NULL) AND (person_id = ANY (( SELECT app.acts_for() AS acts_for)::uuid[])))))

visit_task_entry visit_task_entry_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (household_id = ANY (( SELECT app.own_households_lately() AS own_households_lately)::uuid[])) OR (household_id = ANY (( SELECT app.vouched() AS vouched)::uuid[]))))

whistle whistle_of_requests allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR (NOT (EXISTS ( SELECT 1
   FROM whistle_request w
  WHERE ((w.district_code = whistle.district_code) AND (w.whistle_id = whistle.id) AND (NOT (EXISTS ( SELECT 1
           FROM service_request r
          WHERE ((r.district_code = w.district_code) AND (r.id = w.request_id)))))))))))

whistle_entry whistle_entry_of_whistle allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT true
   FROM whistle w
  WHERE ((w.district_code = whistle_entry.district_code) AND (w.id = whistle_entry.whistle_id))
 LIMIT 1)))

whistle_part whistle_part_of_whistle allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT true
   FROM whistle w
  WHERE ((w.district_code = whistle_part.district_code) AND (w.id = whistle_part.whistle_id))
 LIMIT 1)))

whistle_request whistle_request_of_district allows for all to public
  using (district_code = ( SELECT app.district() AS district))

wish wish_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((published_at IS NOT NULL) OR (( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR ( SELECT true
   FROM wish_told t
  WHERE ((t.district_code = wish.district_code) AND (t.wish_id = wish.id))
 LIMIT 1)))

wish_claim wish_claim_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (person_id = ( SELECT app.person() AS person)) OR (reporter_id = ( SELECT app.reporter() AS reporter))))

wish_entry wish_entry_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR ( SELECT true
   FROM wish_told t
  WHERE ((t.district_code = wish_entry.district_code) AND (t.wish_id = wish_entry.wish_id))
 LIMIT 1) OR ( SELECT true
   FROM wish_claim c
  WHERE ((c.district_code = wish_entry.district_code) AND (c.wish_id = wish_entry.wish_id))
 LIMIT 1)))

wish_told wish_told_in_reach allows for all to public
  using ((district_code = ( SELECT app.district() AS district)) AND ((( SELECT app.reach() AS reach) = 'district'::text) OR app.within_paths(path) OR (reporter_id = ( SELECT app.reporter() AS reporter)) OR (told_by_person_id = ( SELECT app.person() AS person))))

-- functions

CREATE OR REPLACE FUNCTION app.acts_for()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH RECURSIVE who(id) AS (
          SELECT app.person() AS person
           WHERE (current_setting('app.duty'::text, true) = 'on'::text)
         UNION
          SELECT a.person_id
            FROM (who who_1
              JOIN absence a ON (((a.district_code = app.district()) AND (a.backup_person_id = who_1.id) AND (a.from_on <= app.today()) AND ((a.until_on IS NULL) OR (a.until_on > app.today())))))
         )
  SELECT COALESCE(array_agg(who.id) FILTER (WHERE (who.id IS NOT NULL)), '{}'::uuid[]) AS "coalesce"
    FROM who;
END

CREATE OR REPLACE FUNCTION app.answer_visit(digest bytea, said text, said_words text, now_at timestamp with time zone)
 RETURNS TABLE(visit_id uuid, path text, visitor_name text, on_day date)
 LANGUAGE sql
 SECURITY DEFINER ROWS 1
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH answered AS (
          UPDATE visit_confirmation c SET answer = answer_visit.said, words = answer_visit.said_words, answered_at = answer_visit.now_at
           WHERE ((c.district_code = app.district()) AND (c.token_digest = answer_visit.digest) AND (c.answer IS NULL) AND (c.expires_at > answer_visit.now_at))
           RETURNING c.visit_id,
             c.path
         )
  SELECT a.visit_id,
     a.path,
     p.name,
     v.on_day
    FROM ((answered a
      JOIN visit v ON (((v.district_code = app.district()) AND (v.id = a.visit_id))))
      JOIN person p ON (((p.district_code = v.district_code) AND (p.id = v.person_id))));
END

CREATE OR REPLACE FUNCTION app.asked_about()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT COALESCE(array_agg(a.offer_id), '{}'::uuid[]) AS "coalesce"
    FROM offer_ask a
   WHERE ((a.district_code = app.district()) AND (a.person_id = app.person()));
END

CREATE OR REPLACE FUNCTION app.at_desk_over(path text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (EXISTS (SELECT 1 FROM unnest(string_to_array(NULLIF(current_setting('app.desks'::text, true), ''::text), ' '::text)) desk(desk) WHERE (((at_desk_over.path COLLATE "C") >= (desk.desk COLLATE "C")) AND ((at_desk_over.path COLLATE "C") < ((desk.desk || chr(1114111)) COLLATE "C")))))

CREATE OR REPLACE FUNCTION app.attach_late(of_person uuid)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH named AS (
          SELECT f.district_code,
             f.entry_id,
             f.attachment_id,
             a.kind,
                 CASE f.about
                     WHEN 'request'::text THEN f.about_id
                     ELSE e.request_ids[1]
                 END AS request_id,
                 CASE f.about
                     WHEN 'visit'::text THEN f.about_id
                     ELSE NULL::uuid
                 END AS visit_id,
                 CASE f.about
                     WHEN 'entry'::text THEN f.about_id
                     ELSE NULL::uuid
                 END AS of_entry_id
            FROM ((field_file f
              JOIN field_entry e ON (((e.district_code = f.district_code) AND (e.id = f.entry_id))))
              JOIN attachment a ON (((a.district_code = f.district_code) AND (a.id = f.attachment_id))))
           WHERE ((f.district_code = app.district()) AND (f.state = 'awaited'::text) AND ((attach_late.of_person IS NULL) OR (f.person_id = attach_late.of_person)) AND ((e.fate = ANY (ARRAY['applied'::text, 'merged'::text, 'conflict'::text])) OR (e.decision = 'take'::text)) AND (a.request_id IS NULL) AND (a.visit_id IS NULL) AND (a.owner = ('staff:'::text || f.person_id)))
         ), placed AS (
          SELECT n.district_code,
             n.entry_id,
             n.attachment_id,
                 CASE
                     WHEN ((n.visit_id IS NULL) OR ((n.kind = 'photo'::text) AND (n.request_id IS NOT NULL))) THEN s.request_id
                     ELSE NULL::uuid
                 END AS request_id,
                 CASE
                     WHEN ((n.visit_id IS NULL) OR ((n.kind = 'photo'::text) AND (n.request_id IS NOT NULL))) THEN s.id
                     ELSE NULL::uuid
                 END AS first_entry_id,
                 CASE
                     WHEN ((n.kind = 'voice'::text) OR (n.request_id IS NULL)) THEN v.id
                     ELSE NULL::uuid
                 END AS visit_id
            FROM ((named n
              LEFT JOIN request_entry s ON (((s.district_code = n.district_code) AND (s.request_id = n.request_id) AND
                 CASE
                     WHEN (n.of_entry_id IS NULL) THEN (s.seq = 1)
                     ELSE (s.id = n.of_entry_id)
                 END)))
              LEFT JOIN visit v ON (((v.district_code = n.district_code) AND (v.id = n.visit_id))))
         ), attached AS (
          UPDATE attachment a SET request_id = p.request_id, entry_id = p.first_entry_id, visit_id = p.visit_id
            FROM placed p
           WHERE ((a.district_code = p.district_code) AND (a.id = p.attachment_id) AND ((p.request_id IS NOT NULL) OR (p.visit_id IS NOT NULL)))
           RETURNING p.district_code,
             p.entry_id,
             p.attachment_id
         ), here AS (
          UPDATE field_file f SET state = 'here'::text
            FROM attached a
           WHERE ((f.district_code = a.district_code) AND (f.entry_id = a.entry_id) AND (f.attachment_id = a.attachment_id))
           RETURNING f.entry_id
         ), told AS (
          UPDATE field_entry e SET changed_in = ((pg_current_xact_id())::text)::bigint
           WHERE ((e.district_code = app.district()) AND (e.id IN ( SELECT attached.entry_id
                    FROM attached)))
           RETURNING 1 AS "?column?"
         )
  SELECT (count(*))::integer AS count
    FROM here;
END

CREATE OR REPLACE FUNCTION app.audit_append(at timestamp with time zone, actor_kind text, actor_id uuid, organisation_id uuid, action text, purpose text, subject_kind text, subject_id uuid, reporter_id uuid, path text, reason text, detail jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  own_lane constant smallint := pg_backend_pid() % 16;
  head audit_head;
  entry audit_entry;
  about uuid := reporter_id;
begin
  if about is null and subject_kind = 'request' then
    select q.reporter_id into about from service_request q where q.district_code = app.district() and q.id = subject_id;
  elsif about is null and subject_kind = 'attachment' then
    select q.reporter_id into about
    from attachment a join service_request q on q.district_code = a.district_code and q.id = a.request_id
    where a.district_code = app.district() and a.id = subject_id;
  end if;
  select h.* into head from audit_head h where h.district_code = app.district() and h.lane = own_lane for update;
  if not found then
    insert into audit_head values (app.district(), own_lane, 0, '\x00') on conflict do nothing;
    select h.* into head from audit_head h where h.district_code = app.district() and h.lane = own_lane for update;
  end if;
  entry := row(head.district_code, head.lane, head.seq + 1, at, actor_kind, actor_id, organisation_id, action, purpose,
    subject_kind, subject_id, about, path, reason, detail, ''::bytea);
  entry.hash := app.audit_hash(head.hash, entry);
  insert into audit_entry select entry.*;
  update audit_head h set seq = entry.seq, hash = entry.hash
    where h.district_code = head.district_code and h.lane = head.lane;
end $function$

CREATE OR REPLACE FUNCTION app.audit_append_all(at timestamp with time zone, actor_kind text, actor_id uuid, organisation_id uuid, action text, purpose text, lines jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  own_lane constant smallint := pg_backend_pid() % 16;
  head audit_head;
  entry audit_entry;
  line record;
begin
  select h.* into head from audit_head h where h.district_code = app.district() and h.lane = own_lane for update;
  if not found then
    insert into audit_head values (app.district(), own_lane, 0, '\x00') on conflict do nothing;
    select h.* into head from audit_head h where h.district_code = app.district() and h.lane = own_lane for update;
  end if;
  for line in
    select n.kind, n.subject, n.path, n.reason, n.detail, coalesce(q.reporter_id, b.reporter_id) as about
    from jsonb_to_recordset(lines) as n (kind text, subject uuid, path text, reason text, detail jsonb)
    left join service_request q on n.kind = 'request' and q.district_code = app.district() and q.id = n.subject
    left join attachment a on n.kind = 'attachment' and a.district_code = app.district() and a.id = n.subject
    left join service_request b on b.district_code = a.district_code and b.id = a.request_id
  loop
    entry := row(head.district_code, head.lane, head.seq + 1, at, actor_kind, actor_id, organisation_id, action, purpose,
      line.kind, line.subject, line.about, line.path, line.reason, line.detail, ''::bytea);
    entry.hash := app.audit_hash(head.hash, entry);
    insert into audit_entry select entry.*;
    head.seq := entry.seq;
    head.hash := entry.hash;
  end loop;
  update audit_head h set seq = head.seq, hash = head.hash where h.district_code = head.district_code and h.lane = head.lane;
end $function$

CREATE OR REPLACE FUNCTION app.audit_hash(before bytea, entry audit_entry)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET "TimeZone" TO 'UTC'
RETURN sha256((before || convert_to((jsonb_build_array((entry).district_code, (entry).lane, (entry).seq, to_char((entry).at, 'YYYY-MM-DD"T"HH24:MI:SS.US'::text), (entry).actor_kind, (entry).actor_id, (entry).organisation_id, (entry).action, (entry).purpose, (entry).subject_kind, (entry).subject_id, (entry).reporter_id, (entry).path, (entry).reason, (entry).detail))::text, 'UTF8'::name)))

CREATE OR REPLACE FUNCTION app.away_among(people uuid[], from_day date, until_day date)
 RETURNS TABLE(person_id uuid, backup_person_id uuid, from_on date, until_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 10
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT a.person_id,
     a.backup_person_id,
     a.from_on,
     a.until_on
    FROM ( SELECT DISTINCT p.id
            FROM unnest(away_among.people) p(id)) asked,
     LATERAL ( SELECT b.district_code,
             b.id,
             b.person_id,
             b.backup_person_id,
             b.from_on,
             b.until_on,
             b.version
            FROM absence b
           WHERE ((b.district_code = app.district()) AND (b.person_id = asked.id) AND (b.from_on < away_among.until_day) AND (COALESCE(b.until_on, 'infinity'::date) > away_among.from_day) AND (COALESCE(b.until_on, 'infinity'::date) > b.from_on))
          OFFSET 0) a;
END

CREATE OR REPLACE FUNCTION app.correct_reporter(new_name text, sealed bytea, index text, tail text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if index is not null and exists (
    select 1 from reporter r where r.district_code = app.district() and r.phone_index = index and r.id <> app.reporter()) then
    return false;
  end if;
  delete from phone_code c using reporter r
    where index is not null and r.district_code = app.district() and r.id = app.reporter()
      and c.district_code = r.district_code and c.phone_index = r.phone_index and r.phone_index <> index;
  update reporter r set name = coalesce(new_name, r.name), phone_sealed = coalesce(sealed, r.phone_sealed),
      phone_index = coalesce(index, r.phone_index), phone_tail_index = coalesce(tail, r.phone_tail_index),
      proven = r.proven or index is not null
    where r.district_code = app.district() and r.id = app.reporter();
  insert into search_stale select s.district_code, s.id from service_request s
    where s.district_code = app.district() and s.reporter_id = app.reporter() on conflict do nothing;
  return true;
end $function$

CREATE OR REPLACE FUNCTION app.derived_id(parts text)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (OVERLAY(OVERLAY(md5(parts) PLACING '8'::text FROM 13) PLACING '8'::text FROM 17))::uuid

CREATE OR REPLACE FUNCTION app.devices_of(holder uuid)
 RETURNS TABLE(id uuid, label text, registered_at timestamp with time zone, seen_at timestamp with time zone, withdrawn_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 5
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT d.id,
     d.label,
     d.registered_at,
     d.seen_at,
     d.withdrawn_at
    FROM field_device d
   WHERE ((d.district_code = app.district()) AND (d.person_id = devices_of.holder))
   ORDER BY d.registered_at DESC, d.id
  LIMIT 100;
END

CREATE OR REPLACE FUNCTION app.district()
 RETURNS text
 LANGUAGE sql
 STABLE
RETURN current_setting('app.district'::text, true)

CREATE OR REPLACE FUNCTION app.due_between(since timestamp with time zone, until timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT (count(*))::integer AS count
    FROM service_request r
   WHERE ((r.district_code = app.district()) AND (r.holder_organisation_id IS NOT NULL) AND (r.due_at >= due_between.since) AND (r.due_at < due_between.until));
END

CREATE OR REPLACE FUNCTION app.enqueue(task text, payload jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform graphile_worker.add_job(task, payload => payload::json, max_attempts => 10);
end $function$

CREATE OR REPLACE FUNCTION app.erase_from_meetings()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update meeting_item i set title = null, words = null, demand = null
    where i.district_code = new.district_code and i.request_id = new.id;
  return null;
end $function$

CREATE OR REPLACE FUNCTION app.erase_messages(requests uuid[], at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH erased AS (
          UPDATE message m SET params = COALESCE(jsonb_build_object('code', (m.params -> 'code'::text)), '{}'::jsonb), detail = NULL::text, erased_at = erase_messages.at, state =
                 CASE
                     WHEN (m.state = ANY (ARRAY['waiting'::text, 'sending'::text])) THEN 'failed'::text
                     ELSE m.state
                 END, reason =
                 CASE
                     WHEN (m.state = ANY (ARRAY['waiting'::text, 'sending'::text])) THEN 'erased'::text
                     ELSE m.reason
                 END, try_at = NULL::timestamp with time zone
           WHERE ((m.district_code = app.district()) AND (m.request_id = ANY (erase_messages.requests)) AND (m.erased_at IS NULL))
           RETURNING 1 AS "?column?"
         )
  SELECT (count(*))::integer AS count
    FROM erased;
END

CREATE OR REPLACE FUNCTION app.erase_precedents(request uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ update precedent set words = null where district_code = app.district() and request_id = request $function$

CREATE OR REPLACE FUNCTION app.erase_reporter(given uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  target reporter;
  entries uuid[];
  files jsonb;
begin
  select r.* into target from reporter r where r.district_code = app.district() and r.id = given for update;
  if target.id is null or exists (
    select 1 from service_request s where s.district_code = target.district_code and s.reporter_id = given) then
    return null;
  end if;
  -- What they wrote and attached where they followed what others had said; the index reads those requests anew.
  select array_agg(e.id) into entries from request_entry e
    join request_follower f on f.district_code = e.district_code and f.id = e.by_follower_id
    where f.district_code = target.district_code and f.reporter_id = given;
  with gone as (
    delete from attachment a where a.district_code = target.district_code and a.entry_id = any (entries)
      and a.request_id in (select e.request_id from request_entry e where e.district_code = a.district_code and e.id = any (entries))
    returning a.id, a.sha256)
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'sha256', encode(g.sha256, 'hex'))), '[]') into files from gone g;
  with emptied as (
    update request_entry e set words = null, texts = null, words_salt = null
      where e.district_code = target.district_code and e.id = any (entries) returning e.request_id)
  insert into search_stale select distinct target.district_code, m.request_id from emptied m on conflict do nothing;
  -- By whatever they were told: about their own, what they followed, and what came of their wishes.
  delete from message m
    where m.district_code = target.district_code and m.to_reporter_id = given and m.request_id in (
      select f.id from request_follower f where f.district_code = target.district_code and f.reporter_id = given
      union all select e.request_id from erasure e where e.district_code = target.district_code and e.reporter_id = given);
  delete from message m
    where m.district_code = target.district_code and m.to_reporter_id = given and m.channel = 'in_app';
  delete from contact_way w where w.district_code = target.district_code and w.owner_id = given;
  delete from request_follower f where f.district_code = target.district_code and f.reporter_id = given;
  delete from phone_code c where c.district_code = target.district_code and c.phone_index = target.phone_index;
  delete from session s where s.district_code = target.district_code and s.reporter_id = given;
  update erasure e set reporter_id = null where e.district_code = target.district_code and e.reporter_id = given;
  delete from reporter r where r.district_code = target.district_code and r.id = given;
  return files;
end $function$

CREATE OR REPLACE FUNCTION app.erase_request(of_request uuid, wish text, new_standing jsonb, at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  target service_request;
  entries integer := 0;
  sessions integer;
  messages integer;
begin
  select r.* into target from service_request r where r.district_code = app.district() and r.id = of_request for update;
  if not coalesce(app.may_erase(target), false) then
    raise exception 'request % may not be erased here', of_request using errcode = 'insufficient_privilege';
  end if;
  if wish = 'all' then
    -- What others wrote who follow it is theirs.
    update request_entry e set words = null, texts = null, words_salt = null
      where e.district_code = target.district_code and e.request_id = of_request and e.words_salt is not null
        and e.by_follower_id is null;
    get diagnostics entries = row_count;
    delete from request_confidence c where c.district_code = target.district_code and c.request_id = of_request;
    update suggestion_offer o set path = substring(o.path from '^(?:[0-9]+/){1,3}')
      where o.district_code = target.district_code and o.request_id = of_request;
    delete from publication p where p.district_code = target.district_code and p.request_id = of_request;
    update service_request r set title = '', words = '', place = '', lon = null, lat = null, standing = new_standing,
        path = substring(r.path from '^(?:[0-9]+/){1,3}'), reporter_id = null, erased = 'all', erased_at = at
      where r.district_code = target.district_code and r.id = of_request;
  else
    update service_request r set reporter_id = null, erased = 'person', erased_at = at
      where r.district_code = target.district_code and r.id = of_request;
  end if;
  -- Merged into another, its reporter followed that one with it.
  delete from request_follower f
    where f.district_code = target.district_code and f.from_request_id = of_request and f.reporter_id = target.reporter_id;
  -- Whoever followed it by code and phone no longer does.
  update session s set request_ids = array_remove(s.request_ids, of_request)
    where s.district_code = target.district_code and s.request_ids <> '{}' and s.request_ids @> array[of_request];
  get diagnostics sessions = row_count;
  -- Those to the one who said it; what the others said of it is made empty by app.erase_messages.
  delete from message m
    where m.district_code = target.district_code and m.request_id = of_request and m.to_reporter_id is not null;
  get diagnostics messages = row_count;
  -- One who proved no number has no account: without a request nothing is kept of them but the browser's session.
  delete from contact_way w
    using reporter p
    where w.district_code = target.district_code and w.owner_id = target.reporter_id and p.district_code = w.district_code
      and p.id = w.owner_id and not p.proven
      and not exists (select 1 from service_request s where s.district_code = p.district_code and s.reporter_id = p.id);
  update reporter p set name = null, phone_sealed = null, phone_index = null, phone_tail_index = null, home_path = null,
      home_household_id = null
    where p.district_code = target.district_code and p.id = target.reporter_id and not p.proven
      and not exists (select 1 from service_request s where s.district_code = p.district_code and s.reporter_id = p.id)
      and not exists (
        select 1 from request_follower f
        where f.district_code = p.district_code and f.reporter_id = p.id and f.until is null);
  return jsonb_build_object('entries', entries, 'sessions', sessions, 'messages', messages);
end $function$

CREATE OR REPLACE FUNCTION app.erase_whistle_words()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update whistle_entry e set words = null from whistle_request w
  where w.district_code = new.district_code and w.request_id = new.id
    and e.district_code = w.district_code and e.whistle_id = w.whistle_id and e.words is not null;
  return null;
end $function$

CREATE OR REPLACE FUNCTION app.erase_wishes(of_reporter uuid, at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH own AS (
          UPDATE wish_told t SET words = ''::text, reporter_id = NULL::uuid, path = w.path
            FROM wish w
           WHERE ((t.district_code = app.district()) AND (t.reporter_id = erase_wishes.of_reporter) AND (w.district_code = t.district_code) AND (w.id = t.wish_id))
           RETURNING t.wish_id
         ), mine AS (
          UPDATE wish_claim c SET reporter_id = NULL::uuid
           WHERE ((c.district_code = app.district()) AND (c.reporter_id = erase_wishes.of_reporter))
           RETURNING c.wish_id
         ), said AS (
          UPDATE wish_entry e SET words = NULL::text, by_reporter_id = NULL::uuid
           WHERE ((e.district_code = app.district()) AND ((e.wish_id IN ( SELECT own.wish_id
                    FROM own)) OR (e.by_reporter_id = erase_wishes.of_reporter)))
           RETURNING 1 AS "?column?"
         ), gone AS (
          UPDATE wish w SET state = 'withdrawn'::text, title = NULL::text, words = NULL::text, published_at = NULL::timestamp with time zone, due_at = NULL::timestamp with time zone, changed_at = erase_wishes.at
           WHERE ((w.district_code = app.district()) AND (w.id IN ( SELECT own.wish_id
                    FROM own)))
           RETURNING 1 AS "?column?"
         )
  SELECT (count(*))::integer AS count
    FROM gone;
END

CREATE OR REPLACE FUNCTION app.failed_counts(most integer)
 RETURNS TABLE(channel text, reason text, count integer, oldest timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 10
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT f.channel,
     f.reason,
     (count(*))::integer AS count,
     min(f.created_at) AS min
    FROM ( SELECT m.channel,
             m.reason,
             m.created_at
            FROM message m
           WHERE ((m.district_code = app.district()) AND (m.state = 'failed'::text) AND (m.erased_at IS NULL))
           ORDER BY m.created_at DESC
          LIMIT failed_counts.most) f
   GROUP BY f.channel, f.reason
   ORDER BY ((count(*))::integer) DESC, f.channel, f.reason;
END

CREATE OR REPLACE FUNCTION app.failed_messages(of_reason text, of_channel text, before_at timestamp with time zone, before_id uuid, most integer)
 RETURNS TABLE(id uuid, channel text, addressee text, template text, request_id uuid, tries smallint, reason text, detail text, created_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 30
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT m.id,
     m.channel,
         CASE
             WHEN (m.to_reporter_id IS NOT NULL) THEN 'reporter'::text
             WHEN (m.to_person_id IS NOT NULL) THEN 'person'::text
             ELSE 'organisation'::text
         END AS "case",
     m.template,
     m.request_id,
     m.tries,
     m.reason,
     m.detail,
     m.created_at
    FROM message m
   WHERE ((m.district_code = app.district()) AND (m.state = 'failed'::text) AND (m.erased_at IS NULL) AND ((failed_messages.of_reason IS NULL) OR (m.reason = failed_messages.of_reason)) AND ((failed_messages.of_channel IS NULL) OR (m.channel = failed_messages.of_channel)) AND ((failed_messages.before_at IS NULL) OR (ROW(m.created_at, m.id) < ROW(failed_messages.before_at, failed_messages.before_id))))
   ORDER BY m.created_at DESC, m.id DESC
  LIMIT failed_messages.most;
END

CREATE OR REPLACE FUNCTION app.find_api_client(district text, digest text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select jsonb_build_object('id', c.id, 'name', c.name, 'abilities', to_jsonb(c.abilities), 'answers', c.answers)
  from api_client c where c.district_code = district and c.key_digest = digest and c.ended_at is null
$function$

CREATE OR REPLACE FUNCTION app.find_areas(part text)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT area.path
    FROM area
   WHERE ((app.grams(area.district_code, area.name) @> app.grams_of_part(app.district(), find_areas.part)) AND (POSITION((lower(find_areas.part)) IN (lower(area.name))) > 0) AND (area.district_code = app.district()));
END

CREATE OR REPLACE FUNCTION app.find_areas_under(part text, under text)
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT area.path
    FROM area
   WHERE ((area.district_code = app.district()) AND (area.path >= (find_areas_under.under COLLATE "C")) AND (area.path < ((find_areas_under.under || chr(1114111)) COLLATE "C")) AND (POSITION((lower(find_areas_under.part)) IN (lower(area.name))) > 0));
END

CREATE OR REPLACE FUNCTION app.find_organisations(part text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 50
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT organisation.id
    FROM organisation
   WHERE ((app.grams(organisation.district_code, ((organisation.name || ' '::text) || organisation.short_name)) @> app.grams_of_part(app.district(), find_organisations.part)) AND (POSITION((lower(find_organisations.part)) IN (lower(((organisation.name || ' '::text) || organisation.short_name)))) > 0) AND (organisation.district_code = app.district()));
END

CREATE OR REPLACE FUNCTION app.find_people(part text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 50
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT person.id
    FROM person
   WHERE ((app.grams(person.district_code, person.name) @> app.grams_of_part(app.district(), find_people.part)) AND (POSITION((lower(find_people.part)) IN (lower(person.name))) > 0) AND (person.district_code = app.district()))
 UNION
  SELECT person.id
    FROM person
   WHERE ((person.district_code = app.district()) AND (lower(person.login) = lower(find_people.part)) AND (person.login IS NOT NULL))
 UNION
  SELECT person_initials.person_id
    FROM person_initials
   WHERE ((person_initials.district_code = app.district()) AND (char_length(find_people.part) > 1) AND (person_initials.initials >= (lower(find_people.part) COLLATE "C")) AND (person_initials.initials < ((lower(find_people.part) || chr(1114111)) COLLATE "C")));
END

CREATE OR REPLACE FUNCTION app.find_session(district text, token text, at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select jsonb_build_object(
    'kind', s.kind, 'reporter', s.reporter_id, 'requests', to_jsonb(s.request_ids),
    'person', (
      select jsonb_build_object(
        'id', p.id, 'name', p.name, 'secondFactor', c.totp_sealed is not null, 'mustChange', coalesce(c.must_change, false),
        'posts', coalesce((
          select jsonb_agg(jsonb_build_object('role', o.role, 'organisation', o.organisation_id, 'path', o.path,
            'deskLevel', case when g.path = o.path then g.desk_level end) order by o.valid_from, o.id)
          from post o
          join organisation g on g.district_code = o.district_code and g.id = o.organisation_id and g.active
          where o.district_code = p.district_code and o.person_id = p.id
            and o.valid_from <= at and (o.valid_until is null or o.valid_until > at)), '[]'))
      from person p
      left join credential c on c.district_code = p.district_code and c.person_id = p.id
      where p.district_code = s.district_code and p.id = s.person_id and p.active))
  from session s
  where s.district_code = district and s.token_hash = token and s.ended_at is null and s.expires_at > at
$function$

CREATE OR REPLACE FUNCTION app.followers_of(requests uuid[])
 RETURNS TABLE(id uuid, request uuid, reporter uuid, code text, title text, is_direct boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 5
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT f.id,
     f.request_id,
     f.reporter_id,
     f.code,
     COALESCE(f.title, m.title) AS "coalesce",
     (f.from_request_id IS NULL)
    FROM (request_follower f
      LEFT JOIN service_request m ON (((m.district_code = f.district_code) AND (m.id = f.from_request_id))))
   WHERE ((f.district_code = app.district()) AND (f.request_id = ANY (followers_of.requests)) AND (f.until IS NULL))
   ORDER BY f.since, f.id;
END

CREATE OR REPLACE FUNCTION app.grams(district text, name text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (SELECT COALESCE(array_agg(DISTINCT (grams.district || substr(lower(grams.name), at.at, sizes.size))), '{}'::text[]) AS "coalesce" FROM generate_series(1, char_length(grams.name)) at(at), (VALUES (1), (2)) sizes(size) WHERE (((at.at + sizes.size) - 1) <= char_length(grams.name)))

CREATE OR REPLACE FUNCTION app.grams_of_part(district text, part text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (SELECT COALESCE(array_agg(DISTINCT (grams_of_part.district || substr(lower(grams_of_part.part), at.at, LEAST(2, char_length(grams_of_part.part))))), '{}'::text[]) AS "coalesce" FROM generate_series(1, GREATEST((char_length(grams_of_part.part) - 1), 1)) at(at))

CREATE OR REPLACE FUNCTION app.homes_of(given uuid)
 RETURNS TABLE(household_id uuid, resident_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT s.household_id,
     s.id
    FROM (reporter me
      JOIN resident s ON (((s.district_code = me.district_code) AND (s.phone_index = me.phone_index))))
   WHERE ((me.district_code = app.district()) AND (me.id = homes_of.given) AND me.proven);
END

CREATE OR REPLACE FUNCTION app.households_used(given uuid[])
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  link record;
begin
  for link in
    select c.conrelid::regclass::text as name, a.attname as column_name
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[array_position(c.confkey,
      (select attnum from pg_attribute where attrelid = 'household'::regclass and attname = 'id'))]
    where c.contype = 'f' and c.confrelid = 'household'::regclass
      and c.conrelid::regclass::text not in ('resident', 'care', 'household_entry', 'visit_task')
  loop
    return query execute format('select distinct %I from %s where district_code = app.district() and %I = any ($1)',
      link.column_name, link.name, link.column_name) using given;
  end loop;
end $function$

CREATE OR REPLACE FUNCTION app.identities_known(given text[])
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT r.identity_index
    FROM (resident r
      JOIN household h ON (((h.district_code = r.district_code) AND (h.id = r.household_id) AND (h.moved_out IS NULL) AND (h.merged_into_id IS NULL))))
   WHERE ((r.district_code = app.district()) AND (r.identity_index = ANY (identities_known.given)) AND (r.left_on IS NULL) AND (r.merged_into_id IS NULL));
END

CREATE OR REPLACE FUNCTION app.is_withheld(subject uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(bool_or(not app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id)), false)
  from service_request r
  where r.district_code = app.district() and r.id in (
    select subject
    union all select a.request_id from attachment a where a.district_code = app.district() and a.id = subject)
$function$

CREATE OR REPLACE FUNCTION app.knows_reporter(is_confidential boolean, complained uuid[], path text, request uuid, reporter uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN ((NOT is_confidential) OR (app.reach() = 'district'::text) OR (request = ANY (COALESCE(app.requests(), '{}'::uuid[]))) OR COALESCE((reporter = app.reporter()), false) OR ((app.reach() = 'scoped'::text) AND (NOT (complained && app.own_organisations())) AND ((cardinality(complained) > 0) OR app.at_desk_over(path))))

CREATE OR REPLACE FUNCTION app.liaisons_at(place text)
 RETURNS TABLE(person_id uuid, path text, doors bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT d.person_id,
     d.path,
     count(*) AS count
    FROM duty d
   WHERE ((d.district_code = app.district()) AND (d.path >= (liaisons_at.place COLLATE "C")) AND (d.path < ((liaisons_at.place || chr(1114111)) COLLATE "C")) AND (d.valid_from <= app.today()) AND ((d.valid_until IS NULL) OR (d.valid_until > app.today())))
   GROUP BY d.person_id, d.path;
END

CREATE OR REPLACE FUNCTION app.mark_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into field_mark (district_code, household_id, changed_in)
  select district_code, household_id, pg_current_xact_id()::text::bigint from now_there where household_id is not null
  union
  select district_code, household_id, pg_current_xact_id()::text::bigint from was_there where household_id is not null
  order by district_code, household_id
  on conflict do nothing;
  return null;
end $function$

CREATE OR REPLACE FUNCTION app.mark_household()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into field_mark (district_code, household_id, changed_in)
  select district_code, id, pg_current_xact_id()::text::bigint from now_there
  order by district_code, id
  on conflict do nothing;
  return null;
end $function$

CREATE OR REPLACE FUNCTION app.mark_new()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into field_mark (district_code, household_id, changed_in)
  select distinct district_code, household_id, pg_current_xact_id()::text::bigint from now_there where household_id is not null
  order by district_code, household_id
  on conflict do nothing;
  return null;
end $function$

CREATE OR REPLACE FUNCTION app.mark_removed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into field_mark (district_code, household_id, changed_in)
  select distinct district_code, household_id, pg_current_xact_id()::text::bigint from was_there where household_id is not null
  order by district_code, household_id
  on conflict do nothing;
  return null;
end $function$

CREATE OR REPLACE FUNCTION app.may_erase(target service_request)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (((target).id IS NOT NULL) AND ((app.reach() = 'district'::text) OR COALESCE(((target).reporter_id = app.reporter()), false) OR (((target).id = ANY (COALESCE(app.requests(), '{}'::uuid[]))) AND (EXISTS (SELECT 1 FROM reporter p WHERE ((p.district_code = (may_erase.target).district_code) AND (p.id = (may_erase.target).reporter_id) AND (p.phone_index IS NULL))))) OR (EXISTS (SELECT 1 FROM erasure e WHERE ((e.district_code = (may_erase.target).district_code) AND (e.request_id = (may_erase.target).id) AND (e.state = 'waiting'::text) AND (e.decided_by_person_id = app.person()))))))

CREATE OR REPLACE FUNCTION app.mediating()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT COALESCE(array_agg(m.mediation_id), '{}'::uuid[]) AS "coalesce"
    FROM mediation_mediator m
   WHERE ((m.district_code = app.district()) AND (m.person_id = app.person()) AND (m.until IS NULL));
END

CREATE OR REPLACE FUNCTION app.note_dispatch_step()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.state in ('accepted', 'assigned') then
    insert into dispatch_step as s (district_code, request_id, step, organisation_id, urgent, since)
    values (new.district_code, new.id, case new.state when 'accepted' then 'dispatch' else 'take' end,
      new.holder_organisation_id, coalesce(new.urgency = 'now', false), new.last_entry_at)
    on conflict (district_code, request_id) do update
      set step = excluded.step, organisation_id = excluded.organisation_id, urgent = excluded.urgent, since = excluded.since,
        due_at = null, told_at = null;
  else
    delete from dispatch_step s where s.district_code = new.district_code and s.request_id = new.id;
  end if;
  return null;
end $function$

CREATE OR REPLACE FUNCTION app.offer_load(persons uuid[], since timestamp with time zone)
 RETURNS TABLE(person_id uuid, holds integer, waiting integer, asked integer, last_asked timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT p.id,
     ( SELECT (count(*))::integer AS count
            FROM offer o
           WHERE ((o.district_code = app.district()) AND (o.taken_by_person_id = p.id) AND (o.state = 'taken'::text))) AS count,
     ( SELECT (count(*))::integer AS count
            FROM offer_ask a
           WHERE ((a.district_code = app.district()) AND (a.person_id = p.id) AND (a.answer IS NULL))) AS count,
     recent.asked,
     recent.last_asked
    FROM unnest(offer_load.persons) p(id),
     LATERAL ( SELECT (count(*))::integer AS asked,
             max(a.asked_at) AS last_asked
            FROM offer_ask a
           WHERE ((a.district_code = app.district()) AND (a.person_id = p.id) AND (a.asked_at >= offer_load.since))) recent;
END

CREATE OR REPLACE FUNCTION app.offered_before(of_request uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 10
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT DISTINCT a.person_id
    FROM (offer o
      JOIN offer_ask a ON (((a.district_code = o.district_code) AND (a.offer_id = o.id))))
   WHERE ((o.district_code = app.district()) AND (o.request_id = offered_before.of_request));
END

CREATE OR REPLACE FUNCTION app.organisations()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
RETURN (string_to_array(NULLIF(current_setting('app.organisations'::text, true), ''::text), ','::text))::uuid[]

CREATE OR REPLACE FUNCTION app.outbox_counts(since timestamp with time zone, most integer)
 RETURNS TABLE(channel text, waiting integer, held integer, sent integer, failed integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 5
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT c.channel,
     ( SELECT (count(*))::integer AS count
            FROM ( SELECT 1 AS "?column?"
                    FROM message m
                   WHERE ((m.district_code = app.district()) AND (m.channel = c.channel) AND (m.state = 'waiting'::text))
                  LIMIT outbox_counts.most) few) AS count,
     ( SELECT (count(*))::integer AS count
            FROM ( SELECT 1 AS "?column?"
                    FROM message m
                   WHERE ((m.district_code = app.district()) AND (m.channel = c.channel) AND (m.state = 'waiting'::text) AND (m.not_before IS NOT NULL))
                  LIMIT outbox_counts.most) few) AS count,
     ( SELECT (count(*))::integer AS count
            FROM ( SELECT 1 AS "?column?"
                    FROM message m
                   WHERE ((m.district_code = app.district()) AND (m.channel = c.channel) AND (m.channel <> 'in_app'::text) AND (m.state = 'sent'::text) AND (m.sent_at >= outbox_counts.since))
                  LIMIT outbox_counts.most) few) AS count,
     ( SELECT (count(*))::integer AS count
            FROM ( SELECT 1 AS "?column?"
                    FROM message m
                   WHERE ((m.district_code = app.district()) AND (m.channel = c.channel) AND (m.state = 'failed'::text) AND (m.erased_at IS NULL) AND (m.created_at >= outbox_counts.since))
                  LIMIT outbox_counts.most) few) AS count
    FROM unnest(ARRAY['sms'::text, 'email'::text, 'push'::text, 'robot'::text]) c(channel);
END

CREATE OR REPLACE FUNCTION app.own_doors()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT
         CASE
             WHEN (current_setting('app.own_doors'::text, true) <> ''::text) THEN (current_setting('app.own_doors'::text, true))::uuid[]
             ELSE ( SELECT COALESCE(array_agg(d.dwelling_id), '{}'::uuid[]) AS "coalesce"
                FROM duty d
               WHERE ((d.district_code = app.district()) AND (d.person_id = ANY (app.acts_for())) AND (d.valid_from <= app.today()) AND ((d.valid_until IS NULL) OR (d.valid_until > app.today()))))
         END AS "coalesce";
END

CREATE OR REPLACE FUNCTION app.own_home()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT COALESCE((array_agg(DISTINCT h.household_id) || array_agg(h.resident_id)), '{}'::uuid[]) AS "coalesce"
    FROM app.homes_of(app.reporter()) h(household_id, resident_id);
END

CREATE OR REPLACE FUNCTION app.own_households()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT
         CASE
             WHEN (current_setting('app.own_households'::text, true) <> ''::text) THEN (current_setting('app.own_households'::text, true))::uuid[]
             ELSE ( SELECT COALESCE(array_agg(h.id), '{}'::uuid[]) AS "coalesce"
                FROM household h
               WHERE ((h.district_code = app.district()) AND (h.dwelling_id = ANY (app.own_doors())) AND ((h.moved_out IS NULL) OR (h.moved_out > app.today())) AND (h.merged_into_id IS NULL)))
         END AS "coalesce";
END

CREATE OR REPLACE FUNCTION app.own_households_lately()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT
         CASE
             WHEN (current_setting('app.own_lately'::text, true) <> ''::text) THEN (current_setting('app.own_lately'::text, true))::uuid[]
             ELSE ( SELECT COALESCE(array_agg(h.id), '{}'::uuid[]) AS "coalesce"
                FROM household h
               WHERE ((h.district_code = app.district()) AND (h.dwelling_id = ANY (app.own_doors())) AND ((h.moved_out IS NULL) OR (h.moved_out > (app.today() - 31)))))
         END AS "coalesce";
END

CREATE OR REPLACE FUNCTION app.own_organisations()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
RETURN (COALESCE((string_to_array(NULLIF(current_setting('app.belongs'::text, true), ''::text), ','::text))::uuid[], '{}'::uuid[]) || COALESCE(app.organisations(), '{}'::uuid[]))

CREATE OR REPLACE FUNCTION app.paths()
 RETURNS text[]
 LANGUAGE sql
 STABLE
RETURN string_to_array(NULLIF(current_setting('app.paths'::text, true), ''::text), ' '::text)

CREATE OR REPLACE FUNCTION app.person()
 RETURNS uuid
 LANGUAGE sql
 STABLE
RETURN (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid

CREATE OR REPLACE FUNCTION app.person_by_login(of_login text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN (SELECT person.id FROM person WHERE ((person.district_code = app.district()) AND (lower(person.login) = lower(person_by_login.of_login)) AND (person.login IS NOT NULL)))

CREATE OR REPLACE FUNCTION app.prune_field(gone_before timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 DELETE FROM field_mark
   WHERE ((field_mark.district_code = app.district()) AND (field_mark.marked_at < (now() - '15 days'::interval)));
 DELETE FROM field_holding
   WHERE ((field_holding.district_code = app.district()) AND (field_holding.gone_at < prune_field.gone_before));
END

CREATE OR REPLACE FUNCTION app.public_requests(since timestamp with time zone, until timestamp with time zone, services text[], is_closed boolean, guarded text[], most integer, skip integer)
 RETURNS SETOF app.public_request
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select v.* from app.public_request v
  where v.district_code = app.district() and v.submitted_at >= since and v.submitted_at < until
    and (services is null or v.service = any (services)) and (is_closed is null or v.closed = is_closed)
    and (v.description is not null or v.service <> all (guarded))
  order by v.submitted_at desc, v.id desc limit most offset skip
$function$

CREATE OR REPLACE FUNCTION app.public_requests_after(since timestamp with time zone, after_id uuid, until timestamp with time zone, guarded text[], most integer)
 RETURNS SETOF app.public_request
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select v.* from app.public_request v
  where v.district_code = app.district() and (v.submitted_at, v.id) > (since, after_id) and v.submitted_at < until
    and (v.description is not null or v.service <> all (guarded))
  order by v.submitted_at, v.id limit most
$function$

CREATE OR REPLACE FUNCTION app.public_requests_by_code(codes text[], guarded text[])
 RETURNS SETOF app.public_request
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select v.* from app.public_request v
  where v.district_code = app.district() and v.code = any (codes)
    and (v.description is not null or v.service <> all (guarded))
  order by v.submitted_at desc, v.id desc
$function$

CREATE OR REPLACE FUNCTION app.public_updates(since timestamp with time zone, until timestamp with time zone, kinds text[], guarded text[], most integer, skip integer)
 RETURNS TABLE(id uuid, code text, kind text, at timestamp with time zone, state text, words text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with happened as (
    select e.id, e.request_id, e.kind, e.at, e.seq, null as words from request_entry e
    where e.district_code = app.district() and e.at >= since and e.at < until and e.visible and e.kind = any (kinds)
    union all
    select p.id, p.request_id, 'cleared', p.cleared_at, 0, p.description from publication p
    where p.district_code = app.district() and p.cleared_at >= since and p.cleared_at < until
      and p.entry_id is not null and p.withdrawn_at is null)
  select u.id, v.code, u.kind, u.at, v.state, u.words
  from (
    select h.id, h.request_id, h.kind, h.at, h.seq, h.words from happened h
    union all
    select md5(h.id::text || f.id::text)::uuid, f.id, h.kind, h.at, h.seq, h.words
    from happened h
    join request_follower f on f.district_code = app.district() and f.request_id = h.request_id
      and f.from_request_id is not null and f.until is null and f.since < h.at) u
  join app.public_request v on v.district_code = app.district() and v.id = u.request_id
  where v.description is not null or v.service <> all (guarded)
  order by u.at, u.seq, v.code, u.id limit most offset skip
$function$

CREATE OR REPLACE FUNCTION app.reach()
 RETURNS text
 LANGUAGE sql
 STABLE
RETURN COALESCE(current_setting('app.reach'::text, true), 'none'::text)

CREATE OR REPLACE FUNCTION app.reaches_request(request uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return exists (select 1 from service_request r where r.district_code = app.district() and r.id = request);
end $function$

CREATE OR REPLACE FUNCTION app.register_holds(given uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN ((EXISTS (SELECT FROM resident r WHERE ((r.district_code = app.district()) AND (r.id = ANY (register_holds.given))))) OR (EXISTS (SELECT FROM care c WHERE ((c.district_code = app.district()) AND (c.id = ANY (register_holds.given))))) OR (EXISTS (SELECT FROM household h WHERE ((h.district_code = app.district()) AND (h.id = ANY (register_holds.given))))) OR (EXISTS (SELECT FROM household_entry e WHERE ((e.district_code = app.district()) AND (e.id = ANY (register_holds.given))))))

CREATE OR REPLACE FUNCTION app.release_endpoint(released text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 DELETE FROM push_subscription p
   WHERE ((p.district_code = app.district()) AND (p.endpoint_index = release_endpoint.released));
END

CREATE OR REPLACE FUNCTION app.remove_bare_reporters(before timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH gone AS (
          DELETE FROM reporter r
           WHERE ((r.district_code = app.district()) AND (r.phone_index IS NULL) AND (r.name IS NULL) AND (r.created_at < remove_bare_reporters.before) AND (NOT (EXISTS ( SELECT 1
                    FROM service_request s
                   WHERE ((s.district_code = r.district_code) AND (s.reporter_id = r.id))))) AND (NOT (EXISTS ( SELECT 1
                    FROM session s
                   WHERE ((s.district_code = r.district_code) AND (s.reporter_id = r.id))))) AND (NOT (EXISTS ( SELECT 1
                    FROM request_follower f
                   WHERE ((f.district_code = r.district_code) AND (f.reporter_id = r.id))))))
           RETURNING 1 AS "?column?"
         )
  SELECT (count(*))::integer AS count
    FROM gone;
END

CREATE OR REPLACE FUNCTION app.repeat_message(message_id uuid, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH repeated AS (
          UPDATE message m SET state = 'waiting'::text, tries = 0, try_at = repeat_message.at, reason = NULL::text, detail = NULL::text, bundle_id = NULL::uuid
           WHERE ((m.district_code = app.district()) AND (m.id = repeat_message.message_id) AND (m.state = 'failed'::text) AND (m.erased_at IS NULL))
           RETURNING 1 AS "?column?"
         )
  SELECT (EXISTS ( SELECT 1
            FROM repeated)) AS "exists";
END

CREATE OR REPLACE FUNCTION app.repeat_messages(of_reason text, of_channel text, at timestamp with time zone, most integer)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH repeated AS (
          UPDATE message m SET state = 'waiting'::text, tries = 0, try_at = repeat_messages.at, reason = NULL::text, detail = NULL::text, bundle_id = NULL::uuid
           WHERE ((m.district_code = app.district()) AND (m.erased_at IS NULL) AND (m.state = 'failed'::text) AND (m.id IN ( SELECT f.id
                    FROM message f
                   WHERE ((f.district_code = app.district()) AND (f.state = 'failed'::text) AND (f.erased_at IS NULL) AND (f.reason = repeat_messages.of_reason) AND (f.channel = repeat_messages.of_channel))
                   ORDER BY f.created_at, f.id
                  LIMIT repeat_messages.most)))
           RETURNING 1 AS "?column?"
         )
  SELECT (count(*))::integer AS count
    FROM repeated;
END

CREATE OR REPLACE FUNCTION app.reporter()
 RETURNS uuid
 LANGUAGE sql
 STABLE
RETURN (NULLIF(current_setting('app.reporter'::text, true), ''::text))::uuid

CREATE OR REPLACE FUNCTION app.reporter_for(given uuid, given_name text, sealed bytea, index text, tail text, proves boolean, at timestamp with time zone)
 RETURNS TABLE(reporter uuid, is_new boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  known reporter;
begin
  insert into reporter (district_code, id, name, phone_sealed, phone_index, phone_tail_index, proven, created_at)
    values (app.district(), given, given_name, sealed, index, tail, proves, at)
    on conflict do nothing;
  if found then
    return query select given, true;
    return;
  end if;
  select r.* into known from reporter r
    where r.district_code = app.district()
      and case when index is null then r.id = given and r.phone_index is null else r.phone_index = index end
    for update;
  if known.id is null then return; end if;
  if proves and not known.proven then
    update session s set ended_at = at
      where s.district_code = app.district() and s.reporter_id = known.id and s.ended_at is null;
  end if;
  update reporter r set name = coalesce(r.name, given_name), proven = r.proven or proves
    where r.district_code = app.district() and r.id = known.id
      and ((r.name is null and given_name is not null) or (proves and not r.proven));
  return query select known.id, false;
end $function$

CREATE OR REPLACE FUNCTION app.request_by_code(of_code text)
 RETURNS TABLE(id uuid, reporter uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    select r.id, r.reporter_id from service_request r
    where r.district_code = app.district() and r.code = of_code and not r.confidential
    union all
    select f.id, f.reporter_id from request_follower f
    where f.district_code = app.district() and f.code = of_code and f.from_request_id is null and f.until is null $function$

CREATE OR REPLACE FUNCTION app.requests()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
RETURN (string_to_array(NULLIF(current_setting('app.requests'::text, true), ''::text), ','::text))::uuid[]

CREATE OR REPLACE FUNCTION app.requests_of_household(given uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT COALESCE(array_agg(r.id), '{}'::uuid[]) AS "coalesce"
    FROM (reporter o
      JOIN service_request r ON (((r.district_code = o.district_code) AND (r.reporter_id = o.id))))
   WHERE ((o.district_code = app.district()) AND (o.home_household_id = requests_of_household.given) AND (NOT r.confidential) AND (r.erased IS NULL));
END

CREATE OR REPLACE FUNCTION app.robots_last()
 RETURNS TABLE(robot_id uuid, state text, reason text, detail text, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 10
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT r.id,
     l.state,
     l.reason,
     l.detail,
     COALESCE(l.sent_at, l.created_at) AS "coalesce"
    FROM (robot r
      CROSS JOIN LATERAL ( SELECT m.state,
             m.reason,
             m.detail,
             m.sent_at,
             m.created_at
            FROM message m
           WHERE ((m.district_code = r.district_code) AND (m.device_id = r.id))
           ORDER BY m.created_at DESC
          LIMIT 1) l)
   WHERE (r.district_code = app.district());
END

CREATE OR REPLACE FUNCTION app.running_in(category text)
 RETURNS TABLE(running integer, waiting integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT (count(*) FILTER (WHERE (r.state <> 'submitted'::text)))::integer AS count,
     (count(*) FILTER (WHERE (r.state = 'submitted'::text)))::integer AS count
    FROM service_request r
   WHERE ((r.district_code = app.district()) AND (r.category_code = running_in.category) AND (r.holder_organisation_id IS NOT NULL));
END

CREATE OR REPLACE FUNCTION app.said_around(community text, at_lon double precision, at_lat double precision, since timestamp with time zone, most integer)
 RETURNS TABLE(id uuid, path text, place text, lon double precision, lat double precision, category text, state text, submitted_at timestamp with time zone, title text, words text, reporter uuid, followers integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 50
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT r.id,
     r.path,
     r.place,
     COALESCE(r.lon, a.lon) AS "coalesce",
     COALESCE(r.lat, a.lat) AS "coalesce",
     r.category_code,
     r.state,
     r.submitted_at,
     r.title,
     r.words,
     r.reporter_id,
     ((r.standing ->> 'followers'::text))::integer AS int4
    FROM ((( SELECT s.district_code,
             s.id,
             s.code,
             s.path,
             s.place,
             s.lon,
             s.lat,
             s.channel,
             s.title,
             s.words,
             s.confidential,
             s.reporter_id,
             s.submitted_at,
             s.state,
             s.level,
             s.holder_organisation_id,
             s.holder_person_id,
             s.category_code,
             s.urgency,
             s.due_at,
             s.next_alarm_at,
             s.overdue,
             s.satisfaction,
             s.last_entry_at,
             s.standing,
             s.seq,
             s.hash,
             s.proposed,
             s.excluded,
             s.complained_of,
             s.about_request_id
            FROM service_request s
           WHERE ((s.district_code = app.district()) AND ("left"(s.path, 30) = "left"(said_around.community, 30)) AND (s.submitted_at >= said_around.since))
           ORDER BY s.submitted_at DESC
          LIMIT said_around.most)
         UNION
         ( SELECT s.district_code,
             s.id,
             s.code,
             s.path,
             s.place,
             s.lon,
             s.lat,
             s.channel,
             s.title,
             s.words,
             s.confidential,
             s.reporter_id,
             s.submitted_at,
             s.state,
             s.level,
             s.holder_organisation_id,
             s.holder_person_id,
             s.category_code,
             s.urgency,
             s.due_at,
             s.next_alarm_at,
             s.overdue,
             s.satisfaction,
             s.last_entry_at,
             s.standing,
             s.seq,
             s.hash,
             s.proposed,
             s.excluded,
             s.complained_of,
             s.about_request_id
            FROM service_request s
           WHERE ((s.district_code = app.district()) AND (s.lon IS NOT NULL) AND (s.submitted_at >= said_around.since) AND (floor((s.lon * (200)::double precision)) = ANY (ARRAY[floor(((said_around.at_lon * (200)::double precision) - (0.5)::double precision)), floor(((said_around.at_lon * (200)::double precision) + (0.5)::double precision))])) AND (floor((s.lat * (200)::double precision)) = ANY (ARRAY[floor(((said_around.at_lat * (200)::double precision) - (0.5)::double precision)), floor(((said_around.at_lat * (200)::double precision) + (0.5)::double precision))])))
           ORDER BY s.submitted_at DESC
          LIMIT said_around.most)) r
      LEFT JOIN area a ON (((a.district_code = r.district_code) AND (a.path = r.path) AND (a.kind = ANY (ARRAY['compound'::text, 'building'::text, 'unit'::text])))))
   WHERE ((r.state <> ALL (ARRAY['declined'::text, 'merged'::text, 'withdrawn'::text])) AND (NOT r.confidential) AND (r.complained_of = '{}'::uuid[]));
END

CREATE OR REPLACE FUNCTION app.said_by(given uuid)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return (select coalesce(array_agg(q.id), '{}') from (
    select s.id from service_request s
    join reporter r on r.district_code = s.district_code and r.id = s.reporter_id and r.phone_index is null
    where s.district_code = app.district() and s.reporter_id = given
    order by s.submitted_at desc limit 50) q);
end $function$

CREATE OR REPLACE FUNCTION app.search_requests(must text[], open text[], before timestamp with time zone, before_id uuid, most integer)
 RETURNS TABLE(request uuid, said_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET enable_seqscan TO 'off'
AS $function$
declare
  -- As many days back; null is without end.
  spans integer[] := array[3, 15, 100, null];
  span integer;
  today date := (before at time zone 'Asia/Shanghai')::date;
  conditions text := '';
  reach tsquery;
  during tsquery;
  found uuid[];
  times timestamptz[];
begin
  if app.reach() = 'none' or app.district() is null then return; end if;
  if app.reach() = 'scoped' then
    select string_agg(quote_literal(mark), ' | ')::tsquery into reach from (
      select 'a:' || split_part(rtrim(allowed, '/'), '/', -1) from unnest(app.paths()) as allowed
      union select 'p:' || organisation from unnest(app.organisations()) as organisation) as marks (mark);
    if reach is null then return; end if;
    -- Who reaches the whole district needs no mark for it: it would be on every row.
    if app.district() || '/' = any (app.paths()) then reach := null; end if;
  end if;
  for i in 1..coalesce(cardinality(must), 0) loop
    conditions := conditions || format(' and d.lexemes @@ ($1)[%s]::tsquery', i);
  end loop;
  if reach is not null then conditions := conditions || ' and d.lexemes @@ $3'; end if;
  if must is distinct from open then
    conditions := conditions
      || ' and (not d.guarded or d.lexemes @@ all (select unnest($2)::tsquery) or (
          select app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id) from service_request r
          where r.district_code = d.district_code and r.id = d.request_id))';
  end if;

  foreach span in array spans loop
    during := null;
    if span <= 15 then
      select string_agg(quote_literal('d:' || app.district() || '@' || to_char(today - back, 'YYYY-MM-DD')), ' | ')::tsquery
        into during from generate_series(0, span - 1) as back;
    elsif span is not null then
      select string_agg(quote_literal('m:' || app.district() || '@' || to_char(month, 'YYYY-MM')), ' | ')::tsquery
        into during from generate_series(date_trunc('month', today - span), today, '1 month') as month;
    end if;
    execute 'select array_agg(f.request_id), array_agg(f.at) from (
        select d.request_id, d.at from search_document d
        where d.district_code = $4 and (d.at, d.request_id) < ($5, $6)' || conditions
      || case when during is null then '' else ' and d.lexemes @@ $7' end
      || ' order by d.at desc, d.request_id desc limit $8) f'
      into found, times
      using must, open, reach, app.district(), before, before_id, during, most;
    exit when cardinality(found) >= most;
  end loop;
  return query select * from unnest(found, times);
end $function$

CREATE OR REPLACE FUNCTION app.serves(given uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN (EXISTS (SELECT FROM person p WHERE ((p.district_code = app.district()) AND (p.id = serves.given) AND p.active)))

CREATE OR REPLACE FUNCTION app.settle_home(given uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update reporter r set home_path = h.path, home_household_id = h.household_id
  from (
    select min(s.path) as path, (array_agg(distinct s.household_id))[1] as household_id
    from resident s
    join reporter me on me.district_code = s.district_code and me.id = given and me.phone_index = s.phone_index
    join household d on d.district_code = s.district_code and d.id = s.household_id
    where s.district_code = app.district() and s.left_on is null and s.merged_into_id is null
      and (d.moved_out is null or d.moved_out > (at at time zone 'Asia/Shanghai')::date)
    having count(distinct s.household_id) = 1) h
  where r.district_code = app.district() and r.id = given and r.proven and r.home_path is null
$function$

CREATE OR REPLACE FUNCTION app.stands_for()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH RECURSIVE who(id) AS (
          SELECT app.person() AS person
         UNION
          SELECT a.person_id
            FROM (who who_1
              JOIN absence a ON (((a.district_code = app.district()) AND (a.backup_person_id = who_1.id) AND (a.from_on <= app.today()) AND ((a.until_on IS NULL) OR (a.until_on > app.today())))))
         )
  SELECT COALESCE(array_agg(who.id) FILTER (WHERE (who.id IS NOT NULL)), '{}'::uuid[]) AS "coalesce"
    FROM who;
END

CREATE OR REPLACE FUNCTION app.tail_of(given uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select r.phone_tail_index from reporter r where r.district_code = app.district() and r.id = given
$function$

CREATE OR REPLACE FUNCTION app.today()
 RETURNS date
 LANGUAGE sql
 STABLE
RETURN (NULLIF(current_setting('app.today'::text, true), ''::text))::date

CREATE OR REPLACE FUNCTION app.visit_of_link(digest bytea)
 RETURNS TABLE(visit_id uuid, visitor_name text, on_day date, expires_at timestamp with time zone, answer text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT c.visit_id,
     p.name,
     v.on_day,
     c.expires_at,
     c.answer
    FROM ((visit_confirmation c
      JOIN visit v ON (((v.district_code = c.district_code) AND (v.id = c.visit_id))))
      JOIN person p ON (((p.district_code = v.district_code) AND (p.id = v.person_id))))
   WHERE ((c.district_code = app.district()) AND (c.token_digest = visit_of_link.digest));
END

CREATE OR REPLACE FUNCTION app.visits_to(given uuid)
 RETURNS TABLE(visit_id uuid, on_day date, visitor_name text, outcome text, how text, words text, opinion text, answer text)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT v.id,
     v.on_day,
     p.name,
     v.outcome,
     v.how,
     v.words,
     v.opinion,
     c.answer
    FROM ((visit v
      JOIN person p ON (((p.district_code = v.district_code) AND (p.id = v.person_id))))
      LEFT JOIN visit_confirmation c ON (((c.district_code = v.district_code) AND (c.visit_id = v.id))))
   WHERE ((v.district_code = app.district()) AND (v.household_id IN ( SELECT h.household_id
            FROM app.homes_of(visits_to.given) h(household_id, resident_id))))
   ORDER BY v.on_day DESC, v.id;
END

CREATE OR REPLACE FUNCTION app.vouched()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
RETURN (string_to_array(NULLIF(current_setting('app.vouched'::text, true), ''::text), ','::text))::uuid[]

CREATE OR REPLACE FUNCTION app.was_own(household uuid, on_day date)
 RETURNS TABLE(path text, dwelling_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 1
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT h.path,
     h.dwelling_id
    FROM (household h
      JOIN duty d ON (((d.district_code = h.district_code) AND (d.dwelling_id = h.dwelling_id))))
   WHERE ((h.district_code = app.district()) AND (h.id = was_own.household) AND (d.person_id = app.person()) AND (was_own.on_day > (app.today() - 31)) AND (d.valid_from <= was_own.on_day) AND ((d.valid_until IS NULL) OR (d.valid_until > was_own.on_day)))
  LIMIT 1;
END

CREATE OR REPLACE FUNCTION app.ways_of(reporters uuid[], people uuid[], organisations uuid[], at timestamp with time zone)
 RETURNS TABLE(addressed uuid, owner uuid, robot boolean, by_sms boolean, by_email boolean, devices uuid[], declined text[], quiet_from smallint, quiet_until smallint, digest_at smallint, district_from smallint, district_until smallint)
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 10
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH district AS (
          SELECT s.quiet_from,
             s.quiet_until
            FROM notify_setting s
           WHERE (s.district_code = app.district())
           ORDER BY s.version DESC
          LIMIT 1
         )
  SELECT o.id,
     o.id,
     false,
     COALESCE(w.by_sms, true) AS "coalesce",
     COALESCE(w.by_email, false) AS "coalesce",
     ARRAY( SELECT p.id
            FROM push_subscription p
           WHERE ((p.district_code = w.district_code) AND (p.owner_id = w.owner_id))) AS "array",
     COALESCE(w.declined, '{}'::text[]) AS "coalesce",
     w.quiet_from,
     w.quiet_until,
     w.digest_at,
     ( SELECT d.quiet_from
            FROM district d) AS quiet_from,
     ( SELECT d.quiet_until
            FROM district d) AS quiet_until
    FROM (unnest((ways_of.reporters || ways_of.people)) o(id)
      LEFT JOIN contact_way w ON (((w.district_code = app.district()) AND (w.owner_id = o.id))))
 UNION ALL
  SELECT s.organisation_id,
     w.owner_id,
     false,
     false,
     w.by_email,
     ARRAY( SELECT p.id
            FROM push_subscription p
           WHERE ((p.district_code = w.district_code) AND (p.owner_id = w.owner_id))) AS "array",
     w.declined,
     w.quiet_from,
     w.quiet_until,
     w.digest_at,
     ( SELECT d.quiet_from
            FROM district d) AS quiet_from,
     ( SELECT d.quiet_until
            FROM district d) AS quiet_until
    FROM (( SELECT DISTINCT p.district_code,
             p.organisation_id,
             p.person_id
            FROM (unnest(ways_of.organisations) o(id)
              JOIN post p ON (((p.district_code = app.district()) AND (p.organisation_id = o.id) AND (p.valid_from <= ways_of.at) AND ((p.valid_until IS NULL) OR (p.valid_until > ways_of.at)))))
           WHERE (p.role = ANY (ARRAY['community_desk'::text, 'subdistrict_desk'::text, 'district_desk'::text, 'handler'::text, 'grid_worker'::text]))) s
      JOIN contact_way w ON (((w.district_code = s.district_code) AND (w.owner_id = s.person_id))))
 UNION ALL
  SELECT r.organisation_id,
     r.id,
     true,
     false,
     false,
     '{}'::uuid[],
     r.declined,
     NULL::smallint,
     NULL::smallint,
     NULL::smallint,
     ( SELECT d.quiet_from
            FROM district d) AS quiet_from,
     ( SELECT d.quiet_until
            FROM district d) AS quiet_until
    FROM robot r
   WHERE ((r.district_code = app.district()) AND (r.organisation_id = ANY (ways_of.organisations)) AND r.active);
END

CREATE OR REPLACE FUNCTION app.wish_contacts(wishes uuid[])
 RETURNS TABLE(id uuid, name text, sealed bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT r.id,
     r.name,
     r.phone_sealed
    FROM reporter r
   WHERE ((r.district_code = app.district()) AND (r.id IN ( SELECT t.reporter_id
            FROM wish_told t
           WHERE ((t.district_code = app.district()) AND (t.wish_id = ANY (wish_contacts.wishes)) AND ((app.reach() = 'district'::text) OR app.within_paths(t.path)))
         UNION
          SELECT c.reporter_id
            FROM wish_claim c
           WHERE ((c.district_code = app.district()) AND (c.wish_id = ANY (wish_contacts.wishes)) AND ((app.reach() = 'district'::text) OR app.within_paths(c.path))))));
END

CREATE OR REPLACE FUNCTION app.wish_people(of_wish uuid)
 RETURNS TABLE(teller uuid, told_by uuid, claimant uuid, claimed_by uuid, organisation uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 SELECT t.reporter_id,
     t.told_by_person_id,
     c.reporter_id,
     c.person_id,
     c.organisation_id
    FROM (wish_told t
      LEFT JOIN wish_claim c ON (((c.district_code = t.district_code) AND (c.wish_id = t.wish_id) AND ((c.ended_at IS NULL) OR (c.ended_for = 'fulfilled'::text)))))
   WHERE ((t.district_code = app.district()) AND (t.wish_id = wish_people.of_wish));
END

CREATE OR REPLACE FUNCTION app.with_lexemes(before tsvector, anew text[], more text[])
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(ARRAY(SELECT unnest.lexeme FROM unnest(with_lexemes.before) unnest(lexeme, positions, weights) WHERE (NOT ("left"(unnest.lexeme, 2) = ANY (with_lexemes.anew))) UNION SELECT unnest(with_lexemes.more) AS unnest))

CREATE OR REPLACE FUNCTION app.withdraw_device(holder uuid, device uuid, reason text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
BEGIN ATOMIC
 WITH withdrawn AS (
          UPDATE field_device d SET withdrawn_at = COALESCE(d.withdrawn_at, withdraw_device.at), withdrawn_for = COALESCE(d.withdrawn_for, withdraw_device.reason), withdrawn_by = COALESCE(d.withdrawn_by, app.person())
           WHERE ((d.district_code = app.district()) AND (d.person_id = withdraw_device.holder) AND (d.id = withdraw_device.device))
           RETURNING 1 AS "?column?"
         )
  SELECT (EXISTS ( SELECT 1
            FROM withdrawn)) AS "exists";
END

CREATE OR REPLACE FUNCTION app.within_paths(path text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN COALESCE(((path COLLATE "C") ^@ ANY (app.paths())), false)

-- triggers

CREATE TRIGGER field_mark_changed AFTER UPDATE ON public.care REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed()
CREATE TRIGGER field_mark_changed AFTER UPDATE ON public.household REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_household()
CREATE TRIGGER field_mark_changed AFTER UPDATE ON public.household_conflict REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed()
CREATE TRIGGER field_mark_changed AFTER UPDATE ON public.promise REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed()
CREATE TRIGGER field_mark_changed AFTER UPDATE ON public.resident REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed()
CREATE TRIGGER field_mark_changed AFTER UPDATE ON public.visit_task REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed()
CREATE TRIGGER field_mark_new AFTER INSERT ON public.care REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_new()
CREATE TRIGGER field_mark_new AFTER INSERT ON public.household_conflict REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_new()
CREATE TRIGGER field_mark_new AFTER INSERT ON public.promise REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_new()
CREATE TRIGGER field_mark_new AFTER INSERT ON public.resident REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_new()
CREATE TRIGGER field_mark_new AFTER INSERT ON public.visit REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_new()
CREATE TRIGGER field_mark_new AFTER INSERT ON public.visit_task REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_new()
CREATE TRIGGER field_mark_removed AFTER DELETE ON public.care REFERENCING OLD TABLE AS was_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_removed()
CREATE TRIGGER field_mark_removed AFTER DELETE ON public.resident REFERENCING OLD TABLE AS was_there FOR EACH STATEMENT EXECUTE FUNCTION app.mark_removed()
CREATE TRIGGER service_request_erased_from_meetings AFTER UPDATE OF erased ON public.service_request FOR EACH ROW WHEN (((new.erased = 'all'::text) AND (old.erased IS DISTINCT FROM 'all'::text))) EXECUTE FUNCTION app.erase_from_meetings()
CREATE TRIGGER service_request_moves AFTER UPDATE OF state, holder_organisation_id ON public.service_request FOR EACH ROW WHEN ((((old.state IS DISTINCT FROM new.state) OR (old.holder_organisation_id IS DISTINCT FROM new.holder_organisation_id)) AND ((old.state = ANY (ARRAY['accepted'::text, 'assigned'::text])) OR (new.state = ANY (ARRAY['accepted'::text, 'assigned'::text]))))) EXECUTE FUNCTION app.note_dispatch_step()
CREATE TRIGGER service_request_waits AFTER INSERT ON public.service_request FOR EACH ROW WHEN ((new.state = ANY (ARRAY['accepted'::text, 'assigned'::text]))) EXECUTE FUNCTION app.note_dispatch_step()
CREATE TRIGGER whistle_words_erased AFTER UPDATE OF erased ON public.service_request FOR EACH ROW WHEN (((new.erased = 'all'::text) AND (old.erased IS DISTINCT FROM 'all'::text))) EXECUTE FUNCTION app.erase_whistle_words()

-- grants on tables, views and sequences

absence to chuanmen_app: insert, select, update
api_client to chuanmen_app: insert, select
area to chuanmen_app: insert, select, update
area_level to chuanmen_app: insert, select, update
attachment to chuanmen_app: delete, insert, select, update
audit_entry to chuanmen_app: select
audit_head to chuanmen_app: select
building to chuanmen_app: insert, select, update
call_draw to chuanmen_app: insert, select
call_pick to chuanmen_app: insert, select
call_rate to chuanmen_app: insert, select, update
care to chuanmen_app: insert, select, update
category to chuanmen_app: insert, select, update
category_change to chuanmen_app: insert, select
category_limit to chuanmen_app: insert, select
contact_way to chuanmen_app: insert, select, update
credential to chuanmen_app: insert, select, update
dispatch_choice to chuanmen_app: insert, select
dispatch_step to chuanmen_app: select, update
district to chuanmen_app: select
district_calendar to chuanmen_app: insert, select, update
district_hours to chuanmen_app: insert, select
duty to chuanmen_app: insert, select, update
dwelling to chuanmen_app: insert, select, update
erasure to chuanmen_app: insert, select, update
erasure_hold to chuanmen_app: insert, select, update
export to chuanmen_app: insert, select, update
field_device to chuanmen_app: insert, select, update
field_entry to chuanmen_app: insert, select, update
field_file to chuanmen_app: insert, select, update
field_holding to chuanmen_app: insert, select, update
field_mark to chuanmen_app: select
follow_failure to chuanmen_app: delete, insert, select, update
grid_matter_list to chuanmen_app: insert, select
grid_part to chuanmen_app: insert, select, update
grid_push to chuanmen_app: insert, select, update
holiday to chuanmen_app: delete, insert, select
household to chuanmen_app: insert, select, update
household_conflict to chuanmen_app: insert, select, update
household_entry to chuanmen_app: insert, select
import to chuanmen_app: insert, select, update
import_effect to chuanmen_app: insert, select, update
import_error to chuanmen_app: delete, insert, select, update
import_mapping to chuanmen_app: insert, select, update
import_row to chuanmen_app: delete, insert, select, update
joint_meeting to chuanmen_app: insert, select, update
liaison_adjustment to chuanmen_app: insert, select
liaison_door to chuanmen_app: delete, insert, select, update
liaison_scenario to chuanmen_app: insert, select, update
liaison_solution to chuanmen_app: insert, select, update
login_failure to chuanmen_app: delete, insert, select, update
mediation to chuanmen_app: insert, select, update
mediation_entry to chuanmen_app: insert, select
mediation_mediator to chuanmen_app: insert, select, update
mediation_party to chuanmen_app: insert, select
meeting to chuanmen_app: insert, select, update
meeting_item to chuanmen_app: delete, insert, select, update
meeting_member to chuanmen_app: delete, insert, select, update
meeting_seat to chuanmen_app: delete, insert, select
message to chuanmen_app: insert, select, update
message_template to chuanmen_app: insert, select
not_the_same to chuanmen_app: insert, select, update
notify_setting to chuanmen_app: insert, select
offer to chuanmen_app: insert, select, update
offer_ask to chuanmen_app: insert, select, update
open311_request to chuanmen_app: insert, select
organisation to chuanmen_app: insert, select, update
organisation_pair to chuanmen_app: delete, insert, select, update
person to chuanmen_app: insert, select, update
person_anchor to chuanmen_app: delete, insert, select, update
person_initials to chuanmen_app: insert, select, update
person_skill to chuanmen_app: delete, insert, select, update
phone_code to chuanmen_app: delete, insert, select, update
post to chuanmen_app: insert, select, update
precedent to chuanmen_app: insert, select
promise to chuanmen_app: insert, select, update
publication to chuanmen_app: insert, select
push_subscription to chuanmen_app: delete, insert, select
reporter to chuanmen_app: select
request_confidence to chuanmen_app: insert, select
request_entry to chuanmen_app: insert, select
request_follower to chuanmen_app: insert, select, update
request_number to chuanmen_app: usage
request_part to chuanmen_app: insert, select, update
request_party to chuanmen_app: insert, select
resident to chuanmen_app: insert, select, update
resident_past to chuanmen_app: insert, select, update
robot to chuanmen_app: insert, select, update
rota to chuanmen_app: insert, select, update
rota_line to chuanmen_app: insert, select, update
rota_swap to chuanmen_app: insert, select
routing_rule to chuanmen_app: insert, select
saved_view to chuanmen_app: delete, insert, select, update
search_document to chuanmen_app: delete, insert, select, update
search_stale to chuanmen_app: delete, insert, select, update
service_request to chuanmen_app: insert, select, update
session to chuanmen_app: delete, insert, select, update
spot_draw to chuanmen_app: insert, select
spot_pick to chuanmen_app: insert, select
spot_rate to chuanmen_app: insert, select, update
suggestion_model to chuanmen_app: delete, insert, select
suggestion_offer to chuanmen_app: delete, insert, select, update
visit to chuanmen_app: insert, select
visit_confirmation to chuanmen_app: insert, select, update
visit_day to chuanmen_app: insert, select
visit_event to chuanmen_app: insert, select
visit_need to chuanmen_app: insert, select
visit_rule to chuanmen_app: insert, select
visit_rule_household to chuanmen_app: insert, select, update
visit_run to chuanmen_app: insert, select, update
visit_task to chuanmen_app: insert, select, update
visit_task_entry to chuanmen_app: insert, select
whistle to chuanmen_app: insert, select, update
whistle_entry to chuanmen_app: insert, select
whistle_part to chuanmen_app: insert, select, update
whistle_request to chuanmen_app: insert, select, update
wish to chuanmen_app: insert, select, update
wish_claim to chuanmen_app: insert, select, update
wish_entry to chuanmen_app: insert, select
wish_number to chuanmen_app: usage
wish_told to chuanmen_app: insert, select, update
worker_alive to chuanmen_worker: delete, insert, select, update

-- grants on columns

api_client.ended_at to chuanmen_app: update
call_pick.done_at to chuanmen_app: update
precedent.ended_at to chuanmen_app: update
publication.withdrawn_at to chuanmen_app: update
publication.withdrawn_by to chuanmen_app: update
request_party.role to chuanmen_app: update
request_party.since to chuanmen_app: update
spot_pick.by_person_id to chuanmen_app: update
spot_pick.done_at to chuanmen_app: update
spot_pick.result to chuanmen_app: update
spot_pick.tries to chuanmen_app: update
spot_pick.words to chuanmen_app: update

-- grants on functions

app.acts_for() to chuanmen_app
app.answer_visit(bytea,text,text,timestamp with time zone) to chuanmen_app
app.asked_about() to chuanmen_app
app.at_desk_over(text) to public
app.attach_late(uuid) to chuanmen_app
app.audit_append(timestamp with time zone,text,uuid,uuid,text,text,text,uuid,uuid,text,text,jsonb) to chuanmen_app
app.audit_append_all(timestamp with time zone,text,uuid,uuid,text,text,jsonb) to chuanmen_app
app.audit_hash(bytea,audit_entry) to public
app.away_among(uuid[],date,date) to chuanmen_app
app.correct_reporter(text,bytea,text,text) to chuanmen_app
app.derived_id(text) to public
app.devices_of(uuid) to chuanmen_app
app.district() to public
app.due_between(timestamp with time zone,timestamp with time zone) to chuanmen_app
app.enqueue(text,jsonb) to chuanmen_app
app.erase_messages(uuid[],timestamp with time zone) to chuanmen_app
app.erase_precedents(uuid) to chuanmen_app
app.erase_reporter(uuid) to chuanmen_app
app.erase_request(uuid,text,jsonb,timestamp with time zone) to chuanmen_app
app.erase_wishes(uuid,timestamp with time zone) to chuanmen_app
app.failed_counts(integer) to chuanmen_app
app.failed_messages(text,text,timestamp with time zone,uuid,integer) to chuanmen_app
app.find_api_client(text,text) to chuanmen_app
app.find_areas(text) to chuanmen_app
app.find_areas_under(text,text) to chuanmen_app
app.find_organisations(text) to chuanmen_app
app.find_people(text) to chuanmen_app
app.find_session(text,text,timestamp with time zone) to chuanmen_app
app.followers_of(uuid[]) to chuanmen_app
app.grams(text,text) to public
app.grams_of_part(text,text) to public
app.homes_of(uuid) to chuanmen_app
app.households_used(uuid[]) to chuanmen_app
app.identities_known(text[]) to chuanmen_app
app.is_withheld(uuid) to chuanmen_app
app.knows_reporter(boolean,uuid[],text,uuid,uuid) to public
app.liaisons_at(text) to chuanmen_app
app.mediating() to chuanmen_app
app.offer_load(uuid[],timestamp with time zone) to chuanmen_app
app.offered_before(uuid) to chuanmen_app
app.organisations() to public
app.outbox_counts(timestamp with time zone,integer) to chuanmen_app
app.own_doors() to chuanmen_app
app.own_home() to chuanmen_app
app.own_households() to chuanmen_app
app.own_households_lately() to chuanmen_app
app.own_organisations() to public
app.paths() to public
app.person() to public
app.person_by_login(text) to chuanmen_app
app.prune_field(timestamp with time zone) to chuanmen_app
app.public_requests(timestamp with time zone,timestamp with time zone,text[],boolean,text[],integer,integer) to chuanmen_app
app.public_requests_after(timestamp with time zone,uuid,timestamp with time zone,text[],integer) to chuanmen_app
app.public_requests_by_code(text[],text[]) to chuanmen_app
app.public_updates(timestamp with time zone,timestamp with time zone,text[],text[],integer,integer) to chuanmen_app
app.reach() to public
app.reaches_request(uuid) to chuanmen_app
app.register_holds(uuid[]) to chuanmen_app
app.release_endpoint(text) to chuanmen_app
app.remove_bare_reporters(timestamp with time zone) to chuanmen_app
app.repeat_message(uuid,timestamp with time zone) to chuanmen_app
app.repeat_messages(text,text,timestamp with time zone,integer) to chuanmen_app
app.reporter() to public
app.reporter_for(uuid,text,bytea,text,text,boolean,timestamp with time zone) to chuanmen_app
app.request_by_code(text) to chuanmen_app
app.requests() to public
app.requests_of_household(uuid) to chuanmen_app
app.robots_last() to chuanmen_app
app.running_in(text) to chuanmen_app
app.said_around(text,double precision,double precision,timestamp with time zone,integer) to chuanmen_app
app.said_by(uuid) to chuanmen_app
app.search_requests(text[],text[],timestamp with time zone,uuid,integer) to chuanmen_app
app.serves(uuid) to chuanmen_app
app.settle_home(uuid,timestamp with time zone) to chuanmen_app
app.stands_for() to chuanmen_app
app.tail_of(uuid) to chuanmen_app
app.today() to public
app.visit_of_link(bytea) to chuanmen_app
app.visits_to(uuid) to chuanmen_app
app.vouched() to public
app.was_own(uuid,date) to chuanmen_app
app.ways_of(uuid[],uuid[],uuid[],timestamp with time zone) to chuanmen_app
app.wish_contacts(uuid[]) to chuanmen_app
app.wish_people(uuid) to chuanmen_app
app.with_lexemes(tsvector,text[],text[]) to public
app.withdraw_device(uuid,uuid,text,timestamp with time zone) to chuanmen_app
app.within_paths(text) to public
