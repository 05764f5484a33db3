import { postsFor } from '#access/actor.ts'
import type { Actor } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { lineOf } from '#org/rules.ts'
import { areaExists, organisationNames, placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import type { Groups, Matters, NewPush, Push, PushList } from './contract.ts'
import sample from './data/matters.json' with { type: 'json' }
import { standingOn, stateOf } from './rules.ts'
import * as store from './store.ts'
import type { Show, Stored } from './store.ts'

/** The list of what may be asked of grids, and the gate for everything else (O4, boundary 17). */

const mostShown = 100
const instantText = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

function personOf(actor: Actor): string {
  if (actor.kind !== 'staff') throw new Error('only those who serve ask anything of grids')
  return actor.id
}

/** GM1: the district's own list, else the sample that comes with the product and says so. */
export async function matters(trx: Trx): Promise<Matters> {
  const own = await store.newestList(trx)
  return own ? { sample: false, ...own } : { sample: true, version: 0, groups: sample.groups }
}

export async function changeMatters(call: Call, groups: Groups, version: number): Promise<Matters> {
  const { trx, actor, now } = call
  if ((await matters(trx)).version !== version) refuse('changed_meanwhile')
  const by = { person: personOf(actor), at: instantText(now) }
  if (!(await store.addList(trx, { version: version + 1, groups }, by))) refuse('changed_meanwhile')
  return matters(trx)
}

const mattersByCode = ({ groups }: Matters) =>
  new Map(groups.flatMap((group) => group.matters.map((matter) => [matter.code, matter] as const)))

/** Areas at whose desk of the district the person decides. */
function decides(actor: Actor, { path, madeBy, state }: Stored): boolean {
  return (
    state === 'waiting' &&
    madeBy !== personOf(actor) &&
    postsFor(actor, 'matter.decide').some(({ post }) => path.startsWith(post.path))
  )
}

const withdraws = (actor: Actor, { organisation, state }: Stored) =>
  (state === 'waiting' || state === 'in_force') &&
  postsFor(actor, 'matter.push').some(({ post }) => post.organisation === organisation)

async function views({ trx, actor, now }: Call, rows: readonly Stored[]): Promise<Push[]> {
  const today = civilDay(now)
  const organisations = await organisationNames(
    trx,
    rows.map(({ organisation }) => organisation),
  )
  const people = await personNames(
    trx,
    rows.flatMap(({ madeBy, decidedBy }) => [madeBy, ...(decidedBy ? [decidedBy] : [])]),
  )
  const places = await placeOf(
    trx,
    rows.map(({ path }) => path),
  )
  const known = mattersByCode(await matters(trx))
  return rows.map((row) => {
    const { id, path, title, words, purpose, hours, startsOn, endsOn, version } = row
    const standing = standingOn(row, today)
    const isOver = standing === 'over'
    return {
      id,
      organisation: { id: row.organisation, name: organisations.get(row.organisation)?.shortName ?? '' },
      path,
      place: places.get(path) ?? '',
      matter:
        row.matter === null
          ? null
          : (known.get(row.matter) ?? { code: row.matter, zh: row.matter, en: row.matter, basis: '' }),
      title,
      words,
      purpose,
      hours,
      startsOn,
      endsOn,
      standing,
      by: people.get(row.madeBy)?.name ?? '',
      decision: row.decidedBy
        ? { by: people.get(row.decidedBy)?.name ?? '', words: row.decisionWords }
        : null,
      mayDecide: !isOver && decides(actor, row),
      mayWithdraw: !isOver && withdraws(actor, row),
      version,
    }
  })
}

/** GM5: what is asked of the grids of my areas, with its ground; also what my organisation asks. */
export async function pushList(call: Call, show: Show): Promise<PushList> {
  const { trx, actor, now } = call
  const posts = postsFor(actor, 'matter.read').map(({ post }) => post)
  const rows = await store.pushes(
    trx,
    { show, day: civilDay(now), most: mostShown },
    {
      within: [...new Set(posts.map(({ path }) => path))],
      above: [...new Set(posts.flatMap(({ path }) => lineOf(path)))],
      organisations: [...new Set(posts.map(({ organisation }) => organisation))],
    },
  )
  return { items: await views(call, rows) }
}

async function one(call: Call, id: string): Promise<Push> {
  const [found] = await views(call, [(await store.find(call.trx, id)) ?? refuse('record.not_found')])
  return found ?? refuse('record.not_found')
}

/** GM2, GM3: asks something of the grids of an area. On the list it holds at once, off the list it waits. */
export async function push(call: Call, input: NewPush): Promise<Push> {
  const { trx, actor, now } = call
  const known = await store.find(trx, input.id)
  if (known)
    return known.title === input.title && known.madeBy === personOf(actor)
      ? one(call, input.id)
      : refuse('id_taken', { field: 'body.id' })
  const post =
    postsFor(actor, 'matter.push').find(({ post: held }) => input.path.startsWith(held.path))?.post ??
    refuse('record.invalid_reference', { field: 'body.path' })
  if ((await areaExists(trx, input.path)) === null) refuse('record.invalid_reference', { field: 'body.path' })
  const today = civilDay(now)
  if (input.startsOn < today)
    refuse('input.invalid', { field: 'body.startsOn', expected: `>= ${today}`, params: { count: 1 } })
  if (input.matter !== null && !mattersByCode(await matters(trx)).has(input.matter))
    refuse('record.invalid_reference', { field: 'body.matter' })
  const added = await store.add(trx, {
    ...input,
    organisation: post.organisation,
    state: stateOf(input.matter),
    madeBy: personOf(actor),
    madeAt: instantText(now),
  })
  return added ? one(call, input.id) : refuse('id_taken', { field: 'body.id' })
}

/** GM3: the desk of the district lets it through or not, with words; never whoever asked. */
export async function decide(
  call: Call,
  id: string,
  { agree, words }: { agree: boolean; words: string },
  version: number,
): Promise<Push> {
  const { trx, actor, now } = call
  const known = (await store.find(trx, id)) ?? refuse('record.not_found')
  if (known.version !== version) refuse('changed_meanwhile')
  if (known.madeBy === personOf(actor)) refuse('matter.second_person')
  const isOver = standingOn(known, civilDay(now)) === 'over'
  if (!decides(actor, known) || isOver) refuse('matter.not_waiting')
  const by = { person: personOf(actor), at: instantText(now), words }
  const to = agree ? 'in_force' : 'refused'
  if (!(await store.move(trx, { id, from: ['waiting'], to, version }, by))) refuse('changed_meanwhile')
  return one(call, id)
}

/** Whoever asked takes it back before its day. */
export async function withdraw(call: Call, id: string, version: number): Promise<Push> {
  const known = (await store.find(call.trx, id)) ?? refuse('record.not_found')
  if (known.version !== version) refuse('changed_meanwhile')
  if (!withdraws(call.actor, known)) refuse('record.not_found')
  const from = ['waiting', 'in_force'] as const
  if (!(await store.move(call.trx, { id, from, to: 'withdrawn', version }, null))) refuse('changed_meanwhile')
  return one(call, id)
}
