import names from './data/names.json' with { type: 'json' }
import type { Random } from './prng.ts'

/** Surnames repeat in the list about as often as they do in a northern town. */
const surnames = [...names.surnames]
const given = { female: names.female.split(' '), male: names.male.split(' ') }

export type Gender = 'female' | 'male'

/**
 * A made-up name; whoever should bear it is not meant. Two syllables after the surname, because with one, chance would soon
 * draw somebody known.
 */
export function drawName(
  random: Random,
  gender: Gender = random.chance(0.5) ? 'female' : 'male',
  surname?: string,
): string {
  return (surname ?? random.pick(surnames)) + random.pick(given[gender])
}

export function drawSurname(random: Random): string {
  return random.pick(surnames)
}

/**
 * The n-th demo phone number: 11 digits beginning with 100, a range that is given to nobody. Different for every n below
 * 10^8, because an odd multiplier not divisible by 5 permutes the last eight digits.
 */
export function demoPhone(n: number): string {
  return `100${((n * 61_803_399 + 7_182_818) % 100_000_000).toString().padStart(8, '0')}`
}
