import { generator } from '#engines/classify/random.ts'
import type { Problem } from './contract.ts'

/** A crowded little district: enough people and units for several levels, tight enough for long chains. */
export function town(seed: number, units = 260, people = 240): Problem {
  const random = generator(seed)
  const point = () => ({ x: Math.floor(random() * 4000), y: Math.floor(random() * 3000) })
  const sizes = Array.from({ length: units }, () => 5 + Math.floor(random() * 30))
  const households = sizes.reduce((sum, size) => sum + size, 0)
  const max = Math.ceil((households * 1.01) / people)
  return {
    version: 1,
    distance: 'plane',
    stability: 0,
    units: sizes.map((size, index) => ({ id: `u${index}`, ...point(), households: size })),
    people: Array.from({ length: people }, (_, index) => ({ id: `p${index}`, ...point(), min: 5, max })),
  }
}

/** Two units, two people, each near one. */
export const pair: Problem = {
  version: 1,
  distance: 'plane',
  stability: 0,
  units: [
    { id: 'a', x: 0, y: 0, households: 20 },
    { id: 'b', x: 100, y: 0, households: 25 },
  ],
  people: [
    { id: 'p', x: 10, y: 0, min: 10, max: 30 },
    { id: 'q', x: 90, y: 0, min: 10, max: 30 },
  ],
}
