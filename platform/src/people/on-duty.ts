import { calendarOf } from '#deadlines/service.ts'
import type { Calendar } from '#deadlines/rules.ts'
import type { Trx } from '#kernel/db.ts'
import { lineOf } from '#org/rules.ts'
import { desksFor, organisationNames } from '#org/service.ts'
import type { Here } from './contract.ts'
import { turnAt } from './rules.ts'
import { personNames } from './service.ts'
import * as store from './store.ts'

/**
 * PE6: who answers for a place at a moment. There is one answer, wherever it is asked: by the rota of the desk where one
 * names somebody, else the desk in its hours, else the grid worker, else whoever is on duty at a desk above. Rotas stand in a
 * folder above this one; the composition root hands them in.
 */

/** A turn of a rota in which somebody is there. ISO instants. */
export type RotaTurn = { who: string; startsAt: string; endsAt: string }
export type Rota = { phone: string | null; turns: readonly RotaTurn[] }

/** The rotas of organisations, with their turns from a moment until two days later, in order. */
export type RotasAt = (
  trx: Trx,
  organisations: readonly string[],
  now: Temporal.Instant,
) => Promise<Map<string, Rota>>

type Post = store.Post
type Level = 'community' | 'subdistrict' | 'district'
type OnDuty = NonNullable<Here['onDuty']>
type Answer = {
  kind: OnDuty['kind']
  person: string
  organisation: string
  phone: string | null
  until: string
}

export type DutyHere = {
  onDuty: Here['onDuty']
  /** The desks above that one, in the order in which to try them. */
  above: {
    organisation: string
    level: Level
    phone: string | null
    name: string | null
    until: string | null
  }[]
}

const rolesOnDuty = ['grid_worker', 'community_desk', 'subdistrict_desk', 'district_desk'] as const
const levels = ['community', 'subdistrict', 'district'] as const

/** The post nearest to the place; of several there, the one given first. */
export function nearest(posts: readonly Post[]): Post | undefined {
  return posts.toSorted((a, b) => b.path.length - a.path.length)[0]
}

/** Who answers at a moment, by the rules above. @param desks from the lowest up. */
function answering(at: string, calendar: Calendar, { desks, gridWorker, atDesk }: Known): Answer | null {
  const [own, ...above] = desks
  const byRota = (desk: Known['desks'][number] | undefined): Answer | null => {
    const turn = desk?.rota?.turns.find(({ startsAt, endsAt }) => startsAt <= at && endsAt > at)
    return desk && turn
      ? {
          kind: 'rota',
          person: turn.who,
          organisation: desk.id,
          phone: desk.rota?.phone ?? null,
          until: turn.endsAt,
        }
      : null
  }
  const named = byRota(own)
  if (named) return named
  const turn = turnAt(at, calendar)
  // Somebody's turn by the rota ends what would go on by the hours.
  const next = own?.rota?.turns.find(({ startsAt }) => startsAt > at)?.startsAt
  const until = next !== undefined && next < turn.until ? next : turn.until
  const post = (of: Post | undefined, kind: 'desk' | 'grid_worker'): Answer | null =>
    of ? { kind, person: of.person, organisation: of.organisation, phone: null, until } : null
  return (
    (turn.desk ? post(atDesk, 'desk') : null) ??
    post(gridWorker, 'grid_worker') ??
    above.map(byRota).find((one) => one !== null) ??
    null
  )
}

type Known = {
  desks: readonly { id: string; level: Level; rota: Rota | undefined }[]
  gridWorker: Post | undefined
  atDesk: Post | undefined
}

/** Who answers for a place now, who follows, and whom to try above. */
export async function dutyHere(
  trx: Trx,
  path: string,
  now: Temporal.Instant,
  rotasAt: RotasAt,
): Promise<DutyHere> {
  const at = now.toString({ smallestUnit: 'millisecond' })
  const over = await desksFor(trx, path)
  const found = levels.flatMap((level) => {
    const desk = over[level]
    return desk ? [{ id: desk.organisation, level }] : []
  })
  const rotas = await rotasAt(
    trx,
    found.map(({ id }) => id),
    now,
  )
  const posts = await store.postsOver(trx, lineOf(path), rolesOnDuty, at)
  const desks = found.map((desk) => ({ ...desk, rota: rotas.get(desk.id) }))
  const [own] = desks
  const known: Known = {
    desks,
    gridWorker: nearest(posts.filter(({ role }) => role === 'grid_worker')),
    atDesk: own && posts.find((post) => post.role === `${own.level}_desk` && post.organisation === own.id),
  }
  const calendar = await calendarOf(trx, at)
  const first = answering(at, calendar, known)
  const then = first && answering(first.until, calendar, known)
  const current = desks.map(({ rota }) =>
    rota?.turns.find(({ startsAt, endsAt }) => startsAt <= at && endsAt > at),
  )
  const people = await personNames(trx, [
    ...[first, then].flatMap((one) => one?.person ?? []),
    ...current.flatMap((one) => one?.who ?? []),
  ])
  const organisations = await organisationNames(trx, [
    ...desks.map(({ id }) => id),
    ...[first, then].flatMap((one) => one?.organisation ?? []),
  ])
  const card = (one: Answer) => ({
    name: people.get(one.person)?.name ?? '',
    phone: people.get(one.person)?.workPhone ?? null,
    organisation: organisations.get(one.organisation)?.shortName ?? '',
  })
  return {
    onDuty: first && {
      kind: first.kind,
      ...card(first),
      dutyPhone: first.phone,
      until: first.until,
      then: then && then.person !== first.person ? card(then) : null,
    },
    above: desks.slice(1).map(({ id, level, rota }, index) => {
      const turn = current[index + 1]
      return {
        organisation: organisations.get(id)?.shortName ?? '',
        level,
        phone: rota?.phone ?? organisations.get(id)?.phone ?? null,
        name: (turn && people.get(turn.who)?.name) ?? null,
        until: turn?.endsAt ?? null,
      }
    }),
  }
}
