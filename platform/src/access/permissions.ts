/**
 * The permission table: role x purpose x area x field. Deny by default; what is not named here is refused.
 * Every route names one of these abilities, and a generated test walks routes x roles x areas against this table.
 */

export const roles = [
  'system_admin',
  'security_admin',
  'audit_admin',
  'community_desk',
  'subdistrict_desk',
  'district_desk',
  'handler',
  'grid_worker',
  'liaison',
  'building_head',
] as const
export type Role = (typeof roles)[number]

/** The three administrators (GB/T 22239, level 3): one person holds at most one of them, and then nothing else. */
export const exclusiveRoles = [
  'system_admin',
  'security_admin',
  'audit_admin',
] as const satisfies readonly Role[]

/** Roles that production lets in only with a second factor. */
export const rolesWithSecondFactor = [
  ...exclusiveRoles,
  'community_desk',
  'subdistrict_desk',
  'district_desk',
] as const satisfies readonly Role[]

/** Why personal data is touched; written into every audit entry (PIPL art. 6). */
export type Purpose = 'service' | 'administration' | 'audit' | 'own'

/**
 * How far an ability goes: `area` = records under the area of the post; `party` = records the organisation of the post
 * has a hand in; `both`; `any` = tables of the district that hold no resident's data; `duty` = what lies behind the doors
 * that are the person's own today, and those of whom they stand in for (VR4); `own` = what is addressed to the person.
 */
export type Reach = 'area' | 'party' | 'both' | 'any' | 'duty' | 'own'

export type Grant = {
  purpose: Purpose
  /** Anyone, without logging in. */
  open?: true
  /** A reporter, by phone code or by this browser, for what they said themselves. */
  reporter?: true
  /** Whoever opened one request by code and phone tail, for that request. */
  follower?: true
  /** A program whose key carries the ability. */
  client?: true
  /** Staff whose posts no longer carry it, for what they left behind; the use case says what that is. */
  former?: true
  staff: Partial<Record<Role, Reach>>
}

const desks = { community_desk: 'both', subdistrict_desk: 'both', district_desk: 'both' } as const
const workers = { ...desks, handler: 'party', grid_worker: 'area' } as const
/** Who knows a household: its liaison by duty, the grid and the desks over it by area. */
const doors = {
  community_desk: 'area',
  subdistrict_desk: 'area',
  district_desk: 'area',
  grid_worker: 'area',
  liaison: 'duty',
  building_head: 'duty',
} as const
/** Plans are of an area: the desk of it, and those above. */
const deskAreas = { community_desk: 'area', subdistrict_desk: 'area', district_desk: 'area' } as const
/** Everybody who can be away from people who count on them. */
const absent = {
  community_desk: 'any',
  subdistrict_desk: 'any',
  district_desk: 'any',
  grid_worker: 'any',
  liaison: 'any',
  building_head: 'any',
} as const
/** Notices are addressed to an organisation; nobody reads those of another, not even a desk above. */
const ownNotices = {
  community_desk: 'party',
  subdistrict_desk: 'party',
  district_desk: 'party',
  handler: 'party',
  grid_worker: 'party',
  // Told of their duties by name; what goes to their employer's desk is not theirs.
  liaison: 'own',
  building_head: 'own',
} as const
/** The desks also read the residents and requests of their area, to name them in a file. */
const mediating = {
  ...desks,
  handler: 'own',
  grid_worker: 'own',
  liaison: 'own',
  building_head: 'own',
} as const
const everyone = Object.fromEntries(roles.map((role) => [role, 'any'])) as Record<Role, Reach>

export const permissions = {
  'session.open': { purpose: 'own', open: true, staff: everyone },
  'session.own': { purpose: 'own', open: true, reporter: true, follower: true, staff: everyone },
  'place.read': { purpose: 'service', open: true, reporter: true, follower: true, staff: everyone },
  'open311.read': { purpose: 'service', open: true, reporter: true, follower: true, staff: {} },
  'open311.submit': { purpose: 'service', client: true, staff: {} },
  'open311.update': { purpose: 'service', client: true, staff: {} },
  'publication.clear': { purpose: 'service', staff: desks },
  'category.read': { purpose: 'service', open: true, reporter: true, follower: true, staff: everyone },
  'setting.read': {
    purpose: 'administration',
    staff: { district_desk: 'any', system_admin: 'any' },
  },
  'category.change': { purpose: 'administration', staff: { district_desk: 'any' } },
  'request.submit': {
    purpose: 'service',
    open: true,
    reporter: true,
    follower: true,
    staff: { ...desks, grid_worker: 'area' },
  },
  'request.complain': { purpose: 'service', reporter: true, follower: true, staff: {} },
  'request.read': { purpose: 'service', reporter: true, follower: true, staff: workers },
  'view.keep': { purpose: 'service', staff: workers },
  'request.enter': { purpose: 'service', reporter: true, follower: true, staff: workers },
  'request.follow': { purpose: 'own', open: true, reporter: true, follower: true, staff: {} },
  'request.duplicates': { purpose: 'service', staff: desks },
  // Small wants before those who are near; they answer by their field phone.
  'offer.make': { purpose: 'service', staff: deskAreas },
  'wish.read': { purpose: 'service', open: true, reporter: true, follower: true, staff: everyone },
  // Of a household that does not wish in writing, by whoever looks after it.
  'wish.tell': {
    purpose: 'service',
    reporter: true,
    staff: {
      community_desk: 'own',
      subdistrict_desk: 'own',
      district_desk: 'own',
      grid_worker: 'own',
      liaison: 'own',
      building_head: 'own',
    },
  },
  // Volunteers, shops and companies, and residents whose phone is proven.
  'wish.act': {
    purpose: 'service',
    reporter: true,
    staff: {
      community_desk: 'own',
      subdistrict_desk: 'own',
      district_desk: 'own',
      handler: 'own',
      grid_worker: 'own',
      liaison: 'own',
      building_head: 'own',
    },
  },
  'wish.clear': { purpose: 'service', staff: deskAreas },
  // Whoever reads the requests of a whistle reads the whistle; what each may enter stands in its lifecycle table (RQ18).
  'whistle.read': { purpose: 'service', staff: workers },
  'whistle.form': { purpose: 'service', staff: { ...desks, grid_worker: 'area' } },
  'whistle.enter': { purpose: 'service', staff: workers },
  'whistle.figures': { purpose: 'service', staff: { ...desks, handler: 'party' } },
  'call.read': {
    purpose: 'service',
    staff: { community_desk: 'party', subdistrict_desk: 'party', district_desk: 'party' },
  },
  'call.audit': { purpose: 'audit', staff: { audit_admin: 'any', district_desk: 'any' } },
  'call.change': { purpose: 'administration', staff: { district_desk: 'any' } },
  'request.reveal': { purpose: 'service', staff: { ...desks, handler: 'party' } },
  'request.handlers': { purpose: 'service', staff: { ...desks, handler: 'party' } },
  'request.suggest': { purpose: 'service', staff: workers },
  // Whose turn it is: a desk sees its area, everybody else what their own organisation has a hand in.
  'dispatch.board': { purpose: 'service', staff: workers },
  'dispatch.figures': { purpose: 'service', staff: deskAreas },
  'routing.read': {
    purpose: 'administration',
    staff: { community_desk: 'any', subdistrict_desk: 'any', district_desk: 'any', system_admin: 'any' },
  },
  // The preview shows which requests would have gone elsewhere.
  'routing.change': { purpose: 'administration', staff: { district_desk: 'area' } },
  'attachment.add': {
    purpose: 'service',
    open: true,
    reporter: true,
    follower: true,
    staff: { ...workers, liaison: 'duty', building_head: 'duty' },
  },
  'attachment.read': { purpose: 'service', reporter: true, follower: true, staff: workers },
  'notice.read': { purpose: 'own', reporter: true, follower: true, staff: ownNotices },
  'notice.sent': { purpose: 'service', staff: { ...desks, handler: 'party' } },
  'contact.own': { purpose: 'own', reporter: true, staff: everyone },
  'template.change': { purpose: 'administration', staff: { system_admin: 'any', district_desk: 'any' } },
  'sending.set': { purpose: 'administration', staff: { system_admin: 'any' } },
  'notice.repeat': { purpose: 'administration', staff: { system_admin: 'any' } },
  'own.read': { purpose: 'own', reporter: true, staff: {} },
  'own.correct': { purpose: 'own', reporter: true, staff: {} },
  'erasure.ask': { purpose: 'own', reporter: true, staff: {} },
  'erasure.read': { purpose: 'own', reporter: true, staff: { security_admin: 'any' } },
  'erasure.receipt': { purpose: 'own', open: true, reporter: true, follower: true, staff: {} },
  'erasure.decide': { purpose: 'administration', staff: { security_admin: 'any' } },
  'looked.read': { purpose: 'own', reporter: true, staff: {} },
  'household.read': { purpose: 'service', staff: doors },
  'household.edit': { purpose: 'service', staff: doors },
  'household.reveal': { purpose: 'service', staff: doors },
  'household.print': { purpose: 'service', staff: doors },
  'duplicate.read': { purpose: 'service', staff: deskAreas },
  'duplicate.decide': { purpose: 'service', staff: deskAreas },
  'care.read': { purpose: 'service', staff: doors },
  'export.make': { purpose: 'service', staff: { ...desks, handler: 'party' } },
  // Another person of a desk over the area (boundary 8).
  'export.decide': { purpose: 'service', staff: { subdistrict_desk: 'area', district_desk: 'area' } },
  // A whole register is brought in by the desk that answers for the area; who administers the system sees no resident.
  'register.import': {
    purpose: 'service',
    staff: { community_desk: 'area', subdistrict_desk: 'area', district_desk: 'area' },
  },
  'visit.read': { purpose: 'service', staff: doors },
  'visit.record': { purpose: 'service', staff: doors },
  'visit.steer': {
    purpose: 'service',
    staff: { community_desk: 'area', subdistrict_desk: 'area', district_desk: 'area' },
  },
  'visit.confirm': { purpose: 'own', open: true, reporter: true, follower: true, staff: {} },
  'visit.figures': {
    purpose: 'service',
    staff: { community_desk: 'area', subdistrict_desk: 'area', district_desk: 'area' },
  },
  // Nobody checks themselves: the desk above the community asks.
  'spot.ask': { purpose: 'service', staff: { subdistrict_desk: 'area', district_desk: 'area' } },
  'spot.change': { purpose: 'administration', staff: { district_desk: 'any' } },
  'spot.audit': { purpose: 'audit', staff: { audit_admin: 'any', district_desk: 'any' } },
  'visit_rule.read': {
    purpose: 'administration',
    staff: { community_desk: 'area', subdistrict_desk: 'area', district_desk: 'area' },
  },
  'visit_rule.change': { purpose: 'administration', staff: { district_desk: 'area' } },
  // Reaches by duty; whoever served until now still hands in what was made before (FD10).
  'field.sync': {
    purpose: 'service',
    former: true,
    staff: { liaison: 'duty', building_head: 'duty', grid_worker: 'duty' },
  },
  'field.left_over': {
    purpose: 'service',
    staff: { community_desk: 'area', subdistrict_desk: 'area', district_desk: 'area' },
  },
  'field.withdraw': { purpose: 'administration', staff: { security_admin: 'any' } },
  // Members read what they sit in; the desk over the area calls it, writes down what was decided and prints it.
  'meeting.read': { purpose: 'service', staff: { ...desks, handler: 'party' } },
  'meeting.keep': { purpose: 'service', staff: deskAreas },
  'liaison.read': { purpose: 'administration', staff: deskAreas },
  'liaison.plan': { purpose: 'administration', staff: deskAreas },
  'liaison.approve': { purpose: 'administration', staff: deskAreas },
  'organisation.read': { purpose: 'administration', staff: { ...everyone } },
  'organisation.change': { purpose: 'administration', staff: { system_admin: 'any' } },
  'person.read': {
    purpose: 'administration',
    staff: { system_admin: 'any', security_admin: 'any', ...desks },
  },
  'person.change': { purpose: 'administration', staff: { system_admin: 'any' } },
  // Where somebody lives is for whoever plans who serves whom.
  'profile.read': {
    purpose: 'administration',
    staff: { system_admin: 'any', community_desk: 'any', subdistrict_desk: 'any', district_desk: 'any' },
  },
  'profile.change': {
    purpose: 'administration',
    staff: { system_admin: 'any', community_desk: 'any', subdistrict_desk: 'any', district_desk: 'any' },
  },
  'absence.read': { purpose: 'service', staff: absent },
  'absence.enter': { purpose: 'service', staff: absent },
  // Who is on duty is for everybody; by household it is for whoever may read that household.
  'duty.read': {
    purpose: 'service',
    open: true,
    reporter: true,
    follower: true,
    staff: doors,
  },
  'rota.read': { purpose: 'service', staff: { ...absent, handler: 'any' } },
  'rota.change': { purpose: 'service', staff: { ...desks, handler: 'party' } },
  // What grids are asked is open to all who serve; the gate is the desk of the district's (boundary 17).
  'matter.read': { purpose: 'service', staff: { ...absent, handler: 'any' } },
  'matter.push': {
    purpose: 'service',
    staff: { subdistrict_desk: 'party', district_desk: 'party', handler: 'party' },
  },
  'matter.decide': { purpose: 'administration', staff: { district_desk: 'area' } },
  // A mediation file is for its mediators and the desk that opened it: by organisation or by name, never by area.
  'mediation.read': { purpose: 'service', staff: mediating },
  'mediation.enter': { purpose: 'service', staff: mediating },
  'mediation.open': { purpose: 'service', staff: desks },
  'post.change': { purpose: 'administration', staff: { security_admin: 'any' } },
  'credential.change': { purpose: 'administration', staff: { security_admin: 'any' } },
  'audit.read': { purpose: 'audit', staff: { audit_admin: 'any' } },
  'audit.verify': { purpose: 'audit', staff: { audit_admin: 'any' } },
} as const satisfies Record<string, Grant>

export type Ability = keyof typeof permissions

/** What a role sees of a personal field in the course of a purpose: not at all, masked, or masked until revealed with a reason. */
export type FieldView = 'none' | 'masked' | 'revealable'

/** Personal fields of reporters and residents, by role. Oneself always sees one's own in full. */
export const fieldViews = {
  'reporter.name': {
    community_desk: 'masked',
    subdistrict_desk: 'masked',
    district_desk: 'masked',
    handler: 'masked',
    grid_worker: 'masked',
  },
  'reporter.phone': {
    community_desk: 'revealable',
    subdistrict_desk: 'revealable',
    district_desk: 'revealable',
    handler: 'revealable',
    grid_worker: 'none',
  },
  'resident.name': {
    community_desk: 'revealable',
    subdistrict_desk: 'revealable',
    district_desk: 'revealable',
    grid_worker: 'revealable',
    liaison: 'revealable',
    building_head: 'revealable',
  },
  'resident.phone': {
    community_desk: 'revealable',
    subdistrict_desk: 'revealable',
    district_desk: 'revealable',
    grid_worker: 'revealable',
    liaison: 'revealable',
    building_head: 'revealable',
  },
  // Whoever applies for something on a resident's behalf; who visits needs no identity number.
  'resident.identity': { community_desk: 'revealable', subdistrict_desk: 'revealable' },
} as const satisfies Record<string, Partial<Record<Role, FieldView>>>

/** Roles that look up who said something: those who take calls. Whoever works on a request only reads who said that one. */
export const findsReporters: readonly Role[] = ['community_desk', 'subdistrict_desk', 'district_desk']
