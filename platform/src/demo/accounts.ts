import cast from './data/cast.json' with { type: 'json' }

/** Of every demo account; production refuses a database that holds them. */
export const PASSWORD = 'chuanmen-demo'

export type DemoAccount = { role: string; login: string; password: string; name: string }

const roles = {
  community_desk: cast.community_desk,
  subdistrict_desk: cast.subdistrict_desk,
  district_desk: cast.district_desk,
  handler: cast.property,
  'handler (department)': cast.department,
  grid_worker: cast.grid_worker,
  liaison: cast.liaison,
  building_head: cast.building_head,
  system_admin: cast.system_admin,
  security_admin: cast.security_admin,
  audit_admin: cast.audit_admin,
} as const

/** One account for every role; they tell the story of one compound from all its sides. */
export function demoAccounts(): DemoAccount[] {
  return Object.entries(roles).map(([role, { name, login }]) => ({ role, login, password: PASSWORD, name }))
}

/** A resident whose phone opens "my things" in the demo: she waits for a roof to be tight. */
export function demoResident(): { name: string; phone: string } {
  return { name: cast.resident.name, phone: cast.resident.phone }
}
