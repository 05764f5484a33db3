import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Actor, may, postsFor, scopeFor } from './actor.ts'
import { type Ability, exclusiveRoles, type Grant, permissions, type Role, roles } from './permissions.ts'

const abilities = Object.keys(permissions) as Ability[]
const grantOf = (ability: Ability): Grant => permissions[ability]

const post = fc.record({
  role: fc.constantFrom(...roles),
  organisation: fc.uuid(),
  path: fc.constantFrom('131003/', '131003/131003001/', '131003/131003001/131003001001/'),
  deskLevel: fc.constant(null),
})
const staff = fc.array(post, { maxLength: 4 }).map((posts): Extract<Actor, { kind: 'staff' }> => ({
  kind: 'staff',
  id: 'someone',
  name: 'someone',
  posts,
  secondFactor: true,
}))

test('AC13 nobody of the staff reaches an ability that no post of theirs is named for (FD10: or was)', () => {
  fc.assert(
    fc.property(staff, fc.constantFrom(...abilities), (actor, ability) => {
      const { staff: roles, open = false, former = false } = grantOf(ability)
      const named = actor.posts.some(({ role }) => roles[role] !== undefined)
      expect(may(actor, ability)).toBe(named || open || former)
    }),
  )
})

test('AC13 an ability reaches no area and no organisation but those of the posts that carry it', () => {
  fc.assert(
    fc.property(staff, fc.constantFrom(...abilities), (actor, ability) => {
      const scope = scopeFor(actor, ability, '131003')
      const carrying = postsFor(actor, ability)
      expect(scope.reach).toBe('scoped')
      for (const path of scope.paths)
        expect(
          carrying.some(({ post, reach }) => post.path === path && (reach === 'area' || reach === 'both')),
        ).toBe(true)
      for (const organisation of scope.organisations) {
        expect(
          carrying.some(
            ({ post, reach }) =>
              post.organisation === organisation && (reach === 'party' || reach === 'both'),
          ),
        ).toBe(true)
      }
    }),
  )
})

test('AC13 more posts never take an ability away, and each ability comes from one of them', () => {
  fc.assert(
    fc.property(staff, fc.constantFrom(...abilities), (actor, ability) => {
      const alone = actor.posts.map((one) => may({ ...actor, posts: [one] }, ability))
      if (actor.posts.length > 0) expect(may(actor, ability)).toBe(alone.includes(true))
    }),
  )
})

test('AC13 the three administrators share no power over the same thing and reach no record of a resident', () => {
  const shared: Ability[] = abilities.filter(
    (ability) => exclusiveRoles.filter((role) => grantOf(ability).staff[role]).length > 1,
  )
  // What they share is nobody's data but their own, the names of places and kinds, who serves where, and what everybody reads.
  for (const ability of shared)
    expect(['own', 'service', 'administration']).toContain(grantOf(ability).purpose)
  for (const ability of shared)
    expect(ability).toMatch(
      /^(session|place|category|organisation|person|notice|contact|wish)\.(open|own|read)$/,
    )
  for (const role of exclusiveRoles) {
    for (const ability of abilities)
      expect(['any', undefined], `${role} ${ability}`).toContain(grantOf(ability).staff[role])
  }
  const changing: Partial<Record<Role, Ability>> = {
    system_admin: 'person.change',
    security_admin: 'post.change',
    audit_admin: 'audit.read',
  }
  for (const [role, ability] of Object.entries(changing) as [Role, Ability][]) {
    expect(exclusiveRoles.filter((one) => grantOf(ability).staff[one])).toEqual([role])
  }
})

test('who is not logged in gets only what the table opens to anyone', () => {
  for (const ability of abilities) {
    expect(may({ kind: 'anyone' }, ability)).toBe(grantOf(ability).open === true)
    expect(may({ kind: 'follower', requests: [] }, ability)).toBe(
      grantOf(ability).open === true || grantOf(ability).follower === true,
    )
    expect(may({ kind: 'reporter', id: 'r', requests: [] }, ability)).toBe(
      grantOf(ability).open === true || grantOf(ability).reporter === true,
    )
  }
})
