import cast from './data/cast.json' with { type: 'json' }

/** Of every demo account; production refuses a database that holds them. */
export const PASSWORD = 'chuanmen-demo'

/** Key of the demo's program (Open311); production refuses a database that holds it. */
export function demoKey(): string {
  return 'chuanmen-demo-key'
}

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

/**
 * One account for every role; they tell the story of one compound from all its sides. The resident comes in by phone: the
 * demo shows the code, so there is no password.
 */
export function demoAccounts(): DemoAccount[] {
  const staff = Object.entries(roles).map(([role, { name, login }]) => ({
    role,
    login,
    password: PASSWORD,
    name,
  }))
  return [...staff, { role: 'resident', login: cast.resident.phone, password: '', name: cast.resident.name }]
}
