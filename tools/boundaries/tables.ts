/**
 * Which folder a table belongs to. Its SQL stands there and nowhere else; whoever needs the data asks that folder's service.
 */

export const owners: Readonly<Record<string, string>> = {
  area: 'org',
  building: 'org',
  district: 'org',
  organisation: 'org',
  person: 'people',
  post: 'people',
  dwelling: 'households',
  household: 'households',
  resident: 'households',
  resident_past: 'households',
  household_entry: 'households',
  household_conflict: 'households',
  care: 'households',
  not_the_same: 'households',
  duty: 'households',
  export: 'exchange',
  import: 'exchange',
  import_row: 'exchange',
  import_error: 'exchange',
  import_effect: 'exchange',
  import_mapping: 'exchange',
  joint_meeting: 'meetings',
  meeting_seat: 'meetings',
  meeting: 'meetings',
  meeting_member: 'meetings',
  meeting_item: 'meetings',
  person_anchor: 'people',
  person_skill: 'people',
  organisation_pair: 'people',
  absence: 'people',
  area_level: 'org',
  grid_part: 'org',
  credential: 'access',
  reporter: 'access',
  session: 'access',
  phone_code: 'access',
  follow_failure: 'access',
  login_failure: 'access',
  audit_entry: 'audit',
  audit_head: 'audit',
  category: 'catalogue',
  category_change: 'catalogue',
  category_limit: 'catalogue',
  district_hours: 'deadlines',
  district_calendar: 'deadlines',
  holiday: 'deadlines',
  service_request: 'requests',
  request_party: 'requests',
  request_part: 'requests',
  precedent: 'requests',
  request_entry: 'requests',
  request_confidence: 'requests',
  request_follower: 'requests',
  attachment: 'requests',
  call_draw: 'requests',
  call_pick: 'requests',
  call_rate: 'requests',
  field_device: 'field',
  field_holding: 'field',
  field_mark: 'field',
  field_entry: 'field',
  field_file: 'field',
  api_client: 'access',
  open311_request: 'open311',
  publication: 'open311',
  routing_rule: 'dispatch',
  dispatch_choice: 'dispatch',
  dispatch_step: 'dispatch',
  suggestion_model: 'suggest',
  suggestion_offer: 'suggest',
  erasure: 'requests',
  erasure_hold: 'requests',
  message: 'notify',
  search_document: 'search',
  search_stale: 'search',
  saved_view: 'requests',
  person_initials: 'people',
  contact_way: 'notify',
  message_template: 'notify',
  notify_setting: 'notify',
  push_subscription: 'notify',
  robot: 'notify',
  liaison_scenario: 'liaison',
  liaison_solution: 'liaison',
  liaison_door: 'liaison',
  liaison_adjustment: 'liaison',
  visit_rule: 'visits',
  visit_rule_household: 'visits',
  visit_run: 'visits',
  visit_day: 'visits',
  visit_event: 'visits',
  visit_task: 'visits',
  visit_task_entry: 'visits',
  visit: 'visits',
  visit_need: 'visits',
  visit_confirmation: 'visits',
  promise: 'visits',
  spot_draw: 'visits',
  spot_pick: 'visits',
  spot_rate: 'visits',
  rota: 'rota',
  rota_line: 'rota',
  rota_swap: 'rota',
  offer: 'offers',
  offer_ask: 'offers',
  wish: 'wishes',
  wish_told: 'wishes',
  wish_claim: 'wishes',
  wish_entry: 'wishes',
  whistle: 'whistle',
  whistle_request: 'whistle',
  whistle_part: 'whistle',
  whistle_entry: 'whistle',
  mediation: 'mediation',
  mediation_party: 'mediation',
  mediation_mediator: 'mediation',
  mediation_entry: 'mediation',
  grid_matter_list: 'matters',
  grid_push: 'matters',
  worker_alive: 'kernel',
}

/** Tables that another folder reads all the same, and why. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  // Who someone is, and what their posts allow, is asked at the door, below the folders that keep posts and places.
  access: ['person', 'post', 'organisation', 'area'],
  // The ledger names who looked, and stands below the folders that know the names.
  audit: ['person', 'organisation'],
  // A short code is the district's prefix and a running number, made in one statement when a request comes in.
  requests: ['district'],
  wishes: ['district'],
  // A register of half a million rows is held against what is there, and written, in sets (docs/adr/0031).
  exchange: ['dwelling', 'household', 'resident', 'care', 'household_entry'],
  // What was chosen is held against what became of it, and the board sums up what is open, each in one statement.
  dispatch: ['service_request', 'request_entry'],
  // A rule makes the tasks of 231,000 doors in one statement, and tells each door in words.
  visits: ['household', 'dwelling', 'care', 'duty', 'post'],
}

/** They put figures of several folders side by side, or fill all tables at once. */
const readsAcross = ['reports', 'maps', 'demo']

const inSql = /\b(?:from|join|into|update|using)\s+(?:only\s+)?(?:public\.)?"?(\w+)"?/gi

/** Tables that a piece of SQL names. */
export function tablesIn(sql: string): string[] {
  const names = [...sql.replaceAll(/--[^\n]*/g, '').matchAll(inSql)].map(
    (match) => match[1]?.toLowerCase() ?? '',
  )
  return [...new Set(names)].filter((name) => Object.hasOwn(owners, name))
}

/** Why the file may not name the table, in one sentence; undefined when it may. */
export function refuseTable(path: string, table: string): string | undefined {
  const folder = /^platform\/src\/([^/]+)\//.exec(path)?.[1]
  const owner = owners[table]
  if (folder === undefined || owner === undefined || folder === owner) return undefined
  if (readsAcross.includes(folder) || exceptions[folder]?.includes(table)) return undefined
  return `the table ${table} belongs to ${owner}; ask its service`
}
