/** Every URL of the console door. Pages and links take theirs from here. */
export const paths = {
  base: '/console',
  login: '/console/login',
  inbox: '/console/inbox/{-$id}',
  dispatch: '/console/dispatch',
  calls: '/console/calls',
  record: '/console/record',
  people: '/console/people',
  categories: '/console/categories',
  calendar: '/console/calendar',
  organisations: '/console/organisations',
  settings: '/console/settings',
  messages: '/console/messages',
  templates: '/console/templates',
  erasures: '/console/erasures',
  audit: '/console/audit',
  account: '/console/account',
} as const
