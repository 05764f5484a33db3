import cast from './data/cast.json' with { type: 'json' }
import words from './data/care.json' with { type: 'json' }
import type { Resident } from './households.ts'
import type { Random } from './prng.ts'

/** Why somebody looks in on the made-up residents, and on which basis that is known. */

type CareKind = keyof typeof words.plans
export type Care = {
  id: string
  kind: CareKind
  consentedAt: string | null
  statute: string | null
  reviewOn: string
  plan: string
}

/** How often, in a thousand of those it could be of. */
const often: readonly { kind: CareKind; thousandth: number; fits(one: Who): boolean }[] = [
  { kind: 'lives_alone', thousandth: 450, fits: ({ alone, age }) => alone && age >= 68 },
  { kind: 'frail', thousandth: 300, fits: ({ age }) => age >= 85 },
  { kind: 'bedridden', thousandth: 18, fits: ({ age }) => age >= 70 },
  { kind: 'disabled', thousandth: 9, fits: () => true },
  { kind: 'serious_illness', thousandth: 6, fits: ({ age }) => age >= 40 },
  { kind: 'hardship', thousandth: 12, fits: ({ head }) => head },
  { kind: 'single_parent_child', thousandth: 40, fits: ({ age, alone }) => age < 18 && !alone },
  { kind: 'bereaved', thousandth: 10, fits: ({ alone, age }) => alone && age >= 50 },
]

type Who = { age: number; alone: boolean; head: boolean }

/** Draws the care entries of one resident; most have none. */
export function careOf(
  resident: Resident,
  { alone, since, now }: { alone: boolean; since: number; now: Temporal.PlainDate },
  random: Random,
): Care[] {
  const star = resident.name === cast.resident.name && resident.phone === cast.resident.phone
  const who = { age: now.year - resident.birthYear, alone, head: resident.relation === 'head' }
  const entries: Care[] = []
  for (const { kind, thousandth, fits } of often) {
    if (star ? kind !== 'lives_alone' : !fits(who) || !random.chance(thousandth / 1000)) continue
    const statute = (words.statutes as Partial<Record<CareKind, string>>)[kind] ?? null
    // A few are due for a fresh look this month, one in fifty is late.
    const days = random.chance(0.02) ? -random.between(1, 20) : random.between(3, 360)
    entries.push({
      id: random.uuid(since),
      kind,
      statute,
      consentedAt: statute === null ? now.subtract({ days: random.between(30, 390) }).toString() : null,
      reviewOn: star ? `${now.year + 1}-05-20` : now.add({ days }).toString(),
      plan: random.pick(words.plans[kind]),
    })
  }
  return entries
}

/** What whoever knocks should know; said of few. */
export function noteOf(random: Random): string | null {
  return random.chance(0.06) ? random.pick(words.notes) : null
}
