import { explain } from '#engines/liaison/explain.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { placeOf } from '#org/service.ts'
import type { Why } from './lists-contract.ts'
import { described, lotsOf } from './lists.ts'
import { namesFor, seen } from './service.ts'

/** Why one person has these households (LP8): what they are near to, who else could have them, and what that would cost. */

type Given = { households: number; kept: number; byHand: number }

export async function why(trx: Trx, id: string, person: string): Promise<Why> {
  const { picture } = await seen(trx, id)
  const { pieces, world, solution, beside } = picture
  const lot = lotsOf(picture).find((one) => one.id === person) ?? refuse('record.not_found')
  const reasons = solution.plan ? explain(solution.problem, solution.plan, person) : undefined
  const given = new Map<string, Given>()
  const lost: { unit: string; to: string | null; households: number }[] = []
  for (const { unit, was, solved, planned, households } of pieces) {
    if (planned === person) {
      const here = given.get(unit) ?? { households: 0, kept: 0, byHand: 0 }
      given.set(unit, here)
      here.households += households
      if (was === person) here.kept += households
      if (solved !== person) here.byHand += households
    } else if (was === person) {
      const known = lost.find((one) => one.unit === unit && one.to === planned)
      if (known) known.households += households
      else lost.push({ unit, to: planned, households })
    }
  }
  const elsewhere = reasons?.elsewhere ?? []
  const first = new Map(reasons?.units.map(({ unit, alternatives }) => [unit, alternatives[0]]))
  const places = await placeOf(trx, [
    ...given.keys(),
    ...lost.map(({ unit }) => unit),
    ...elsewhere.map(({ unit }) => unit),
  ])
  const nameOf = await namesFor(trx, [
    ...[...first.values()].flatMap((one) => one?.person ?? []),
    ...lost.map(({ to }) => to),
    ...elsewhere.flatMap((one) => one.with),
  ])
  const [description] = await described(trx, picture, [lot])
  const most = world.bounds.get(person)?.max ?? 0
  return {
    person: description ?? refuse('record.not_found'),
    anchors: beside.kinds[person] ?? [],
    units: [...given]
      .map(([unit, { households, kept, byHand }]) => {
        const next = byHand === households ? undefined : first.get(unit)
        return {
          path: unit,
          place: places.get(unit) ?? '',
          households,
          kept,
          metres: world.metres(unit, person) ?? 0,
          byHand,
          next: next
            ? { person: nameOf(next.person), metres: next.metres, more: Math.round(next.extra) }
            : null,
        }
      })
      .toSorted((a, b) => a.metres - b.metres || (a.path < b.path ? -1 : 1)),
    elsewhere: elsewhere.map(({ unit, metres, extra, with: holders }) => ({
      place: places.get(unit) ?? '',
      metres,
      more: Math.round(extra),
      with: holders.map(nameOf),
    })),
    lost: lost.map(({ unit, to, households }) => ({
      place: places.get(unit) ?? '',
      households,
      metres: world.metres(unit, person),
      to: to === null ? null : nameOf(to),
      toMetres: to === null ? null : world.metres(unit, to),
    })),
    full: lot.planned.households >= most && most > 0,
    saves: Math.max(0, Math.round(reasons?.place ?? 0)),
  }
}
