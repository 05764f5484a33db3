import type { Scope } from '#kernel/db.ts'
import { permissions } from './permissions.ts'
import type { Ability, Grant, Reach, Role } from './permissions.ts'

/** One post of the person who acts: role + organisation + area. `deskLevel` is set where the organisation is the desk of its level. */
export type HeldPost = {
  role: Role
  organisation: string
  path: string
  deskLevel:
    | 'building'
    | 'compound'
    | 'grid'
    | 'village_group'
    | 'community'
    | 'subdistrict'
    | 'district'
    | null
}

/** Who stands at the door. */
export type Actor =
  | { kind: 'anyone' }
  | { kind: 'follower'; requests: string[] }
  | { kind: 'reporter'; id: string; requests: string[] }
  | {
      kind: 'staff'
      id: string
      name: string
      posts: HeldPost[]
      secondFactor: boolean
      mustChange?: boolean
    }
  /** A program with a key (Open311); it may what the table grants to programs and its key carries. */
  | { kind: 'client'; id: string; name: string; abilities: readonly string[]; answers: 'id' | 'token' }
  | { kind: 'system' }

/** The posts of an actor that carry an ability, each with its reach. */
export function postsFor(actor: Actor, ability: Ability): { post: HeldPost; reach: Reach }[] {
  if (actor.kind !== 'staff') return []
  const granted: Partial<Record<Role, Reach>> = permissions[ability].staff
  return actor.posts.flatMap((post) => {
    const reach = granted[post.role]
    return reach ? [{ post, reach }] : []
  })
}

/** Whether the permission table names this actor for the ability at all; how far it goes is `scopeFor`. */
export function may(actor: Actor, ability: Ability): boolean {
  const grant: Grant = permissions[ability]
  switch (actor.kind) {
    case 'system':
      return true
    case 'staff':
      return postsFor(actor, ability).length > 0 || grant.open === true || grant.former === true
    case 'reporter':
      return grant.reporter === true || grant.open === true
    case 'follower':
      return grant.follower === true || grant.open === true
    case 'client':
      return grant.open === true || (grant.client === true && actor.abilities.includes(ability))
    case 'anyone':
      return grant.open === true
  }
}

/** What row security lets the actor reach in the course of one ability: never more than the posts that carry it. */
export function scopeFor(actor: Actor, ability: Ability, district: string): Scope {
  const own = { district, reach: 'none' as const, paths: [], organisations: [] }
  if (actor.kind === 'system') return { ...own, reach: 'district' }
  if (actor.kind === 'reporter') return { ...own, reporter: actor.id, requests: actor.requests }
  if (actor.kind === 'follower') return { ...own, requests: actor.requests }
  if (actor.kind === 'anyone' || actor.kind === 'client') return own
  const granted = postsFor(actor, ability)
  const unique = (values: string[]) => [...new Set(values)]
  return {
    district,
    reach: 'scoped',
    person: actor.id,
    duty: granted.some(({ reach }) => reach === 'duty'),
    paths: unique(
      granted.filter(({ reach }) => reach === 'area' || reach === 'both').map(({ post }) => post.path),
    ),
    organisations: unique(
      granted
        .filter(({ reach }) => reach === 'party' || reach === 'both')
        .map(({ post }) => post.organisation),
    ),
    belongs: unique(actor.posts.map((post) => post.organisation)),
    desks: unique(actor.posts.filter(isAtDesk).map((post) => post.path)),
  }
}

/** Levels below the community have no roles of their own: whoever works in the grid serves at the desk it has. */
const smallDesks: readonly unknown[] = ['building', 'compound', 'grid', 'village_group']

/** Whether the post is one at the desk of its area. */
export function isAtDesk(post: HeldPost): boolean {
  if (post.deskLevel === null) return false
  return post.role.endsWith('_desk') || (post.role === 'grid_worker' && smallDesks.includes(post.deskLevel))
}

/** A desk enters what somebody else made: in their name, with the reach of the desk. */
export function actingAs(desk: Actor, person: string): Actor {
  if (desk.kind !== 'staff') throw new Error('only staff enters anything for somebody else')
  return { ...desk, id: person }
}
