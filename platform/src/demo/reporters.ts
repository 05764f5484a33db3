import type { Unit } from './geography.ts'
import type { Dwelling } from './households.ts'
import type { Random } from './prng.ts'
import type { World } from './world.ts'

/** Who says it. Without a phone nobody can be called back, and the request says so. */
export type Reporter = {
  id: string
  name: string | null
  phone: string | null
  homePath: string | null
  household: string | null
  proven: boolean
  createdAt: number
}

export type Reporters = {
  /** All reporters so far, in the order of their first request. */
  all: Reporter[]
  /** The door and reporter of a drawn or a given household of a stairwell. */
  at(
    unit: Unit,
    submittedAt: number,
    random: Random,
    options: { number?: string; known: boolean; proven: boolean },
  ): { number: string; reporter: Reporter }
}

export function gatherReporters(world: World): Reporters {
  const all: Reporter[] = []
  const byHousehold = new Map<string, Reporter>()
  const add = (reporter: Reporter) => {
    all.push(reporter)
    return reporter
  }
  return {
    all,
    at(unit, submittedAt, random, { number, known, proven }) {
      const lived = [...world.dwellings(unit)].filter((dwelling) => dwelling.household !== null)
      const dwelling: Dwelling | undefined = lived.find((one) => one.number === number) ?? random.pick(lived)
      const household = dwelling?.household
      if (!dwelling || !household) throw new Error(`nobody lives in ${unit.area.path}`)
      const id = random.uuid(submittedAt)
      if (!known) {
        const stranger = {
          id,
          name: null,
          phone: null,
          homePath: null,
          household: null,
          proven: false,
          createdAt: submittedAt,
        }
        return { number: dwelling.number, reporter: add(stranger) }
      }
      const before = byHousehold.get(household.id)
      if (before) return { number: dwelling.number, reporter: before }
      const [head] = household.residents
      const reporter = add({
        id,
        name: head?.name ?? null,
        phone: head?.phone ?? null,
        homePath: unit.area.path,
        household: household.id,
        proven,
        createdAt: submittedAt,
      })
      byHousehold.set(household.id, reporter)
      return { number: dwelling.number, reporter }
    },
  }
}
