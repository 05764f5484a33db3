import type { Trx } from '#kernel/db.ts'
import { liaisonsAt } from '#households/duties.ts'
import { areaLine, placeOf } from '#org/service.ts'
import { liaisonCards } from '#people/cards.ts'
import { refuse } from '#kernel/problem.ts'
import type { Cards } from './contract.ts'

/** Contact cards of an area (L2): one for each liaison, with the stairwells in their charge. Work phones only, and public. */

/** Cards of more liaisons than this are printed area by area. */
const mostCards = 200

export async function cardsAt(trx: Trx, path: string, now: Temporal.Instant): Promise<Cards> {
  const line = await areaLine(trx, path)
  const self = line.at(-1) ?? refuse('record.not_found')
  const duties = await liaisonsAt(trx, path)
  const byPerson = Map.groupBy(duties, ({ person }) => person)
  const persons = [...byPerson.keys()].slice(0, mostCards)
  const known = await liaisonCards(trx, persons, now)
  const units = [...new Set(persons.flatMap((person) => (byPerson.get(person) ?? []).map((one) => one.path)))]
  const places = await placeOf(trx, units)
  return {
    path,
    name: self.name,
    place: self.place,
    line: line.map(({ path: at, name }) => ({ path: at, name })),
    more: Math.max(0, byPerson.size - persons.length),
    cards: persons.flatMap((person) => {
      const card = known.get(person)
      const own = byPerson.get(person) ?? []
      return card
        ? [
            {
              id: person,
              ...card,
              doors: own.reduce((sum, { doors }) => sum + Number(doors), 0),
              units: own.map((one) => ({
                path: one.path,
                code: one.path.split('/').at(-2) ?? '',
                place: places.get(one.path) ?? '',
                doors: Number(one.doors),
              })),
            },
          ]
        : []
    }),
  }
}
