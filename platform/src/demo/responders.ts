import type { Organisation, Organisations } from './organisations.ts'
import type { Person, Staff } from './people.ts'
import type { Random } from './prng.ts'
import type { Stage } from './scenes.ts'
import type { Acting } from './simulation.ts'

export type Level = 'community' | 'subdistrict' | 'district'

/** Who can act on requests of one place. */
export type Responders = {
  desks: Record<Level, Organisation>
  /** Somebody serving at the desk of a level. */
  desk(level: Level): Acting
  /** The organisation that a story's key names here; null where there is none (no property firm in a village). */
  lead(key: string): Organisation | null
  /** Somebody working for an organisation, the same one for the same request. */
  worker(organisation: Organisation): Acting
  /** The same desk worker again, after the request went up and down. */
  at(organisation: string): Acting
}

/** @param usual whether always the first of a pair acts, as in the showcase, or now and then the other. */
export function respondersFor(
  stage: Stage,
  organisations: Organisations,
  staff: Staff,
  random: Random,
  usual = false,
): Responders {
  const { community } = stage
  const { subdistrict } = community
  const committee = organisations.committees.get(community)
  const office = organisations.offices.get(subdistrict)
  if (!committee || !office) throw new Error(`no desk for ${community.area.name}`)
  const desks = { community: committee, subdistrict: office, district: organisations.desk }
  const acting = (organisation: Organisation): Acting => {
    const list = staff.desks.get(organisation.id) ?? []
    // The first of a pair takes most of the work.
    const person = list[usual || random.chance(0.75) ? 0 : list.length - 1]
    if (!person || !organisation.deskLevel) throw new Error(`nobody at the desk of ${organisation.name}`)
    return {
      person,
      organisation: organisation.id,
      desk: { level: organisation.deskLevel, path: organisation.path },
    }
  }
  const seats = {
    community: acting(committee),
    subdistrict: acting(office),
    district: acting(organisations.desk),
  }
  return {
    desks,
    desk: (level) => seats[level],
    at: (organisation) =>
      Object.values(seats).find((seat) => seat.organisation === organisation) ?? seats.community,
    lead(key) {
      if (key === 'desk') return committee
      if (key === 'office') return office
      if (key === 'firm') return organisations.firms.get(stage.building.compound) ?? null
      return (
        organisations.local.get(key + subdistrict.area.code) ?? organisations.departments.get(key) ?? null
      )
    },
    worker(organisation) {
      if (organisation.deskLevel) return seats[organisation.deskLevel]
      return { person: workerOf(organisation, staff, usual, random), organisation: organisation.id }
    },
  }
}

function workerOf(organisation: Organisation, staff: Staff, usual: boolean, random: Random): Person {
  const here = staff.handlers.get(organisation.id) ?? []
  const person = here[usual || random.chance(0.7) ? 0 : here.length - 1]
  if (!person) throw new Error(`nobody works for ${organisation.name}`)
  return person
}
