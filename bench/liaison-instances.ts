import { generator } from '#engines/classify/random.ts'
import type { Problem } from '#engines/liaison/contract.ts'

/**
 * Districts to measure the liaison engine by: buildings of one to five units in communities, people at home elsewhere.
 * `skewed`: people live where few of the households are; `uniform`: both anywhere; `tight`: hardly a place more than households.
 */

export type Shape = 'skewed' | 'uniform' | 'tight'
export const shapes: readonly Shape[] = ['skewed', 'uniform', 'tight']

/** 广阳区, and how many of it. */
const district = { units: 7270, people: 7800, households: 231_000, communities: 238, metres: 30_000 }

export function instance(shape: Shape, seed: number, times: number): Problem {
  const random = generator(seed * 1000 + shapes.indexOf(shape))
  const side = district.metres * Math.sqrt(times)
  const units = Math.round(district.units * times)
  const households = Math.round(district.households * times)
  const centres = Array.from({ length: Math.max(1, Math.round(district.communities * times)) }, () => ({
    x: random() * side,
    y: random() * side,
    weight: 0.2 + random() ** 3 * 5,
    spread: 150 + random() * 500,
  }))
  const bell = () => (random() + random() + random() + random() - 2) * 1.7
  const pick = cumulative(centres.map(({ weight }) => weight))
  const near = (isSkewed: boolean): { x: number; y: number } => {
    if (shape === 'uniform') return { x: random() * side, y: random() * side }
    // People of a skewed district follow the reversed weights.
    const at = pick(random())
    const { x, y, spread } = centres[isSkewed ? centres.length - 1 - at : at]!
    return { x: x + bell() * spread, y: y + bell() * spread }
  }
  const places: Problem['units'][number][] = []
  while (places.length < units) {
    const { x, y } = near(false)
    const entrances = Math.min(1 + Math.floor(random() * 5), units - places.length)
    for (let k = 0; k < entrances; k += 1)
      places.push({
        id: `u${places.length}`,
        x: Math.round((x + k * 18) * 10) / 10,
        y: Math.round(y * 10) / 10,
        households: 1,
      })
  }
  // What each unit has: 8 to 56 and so many in all.
  const sizes = places.map(() => 8 + Math.floor(random() * 48))
  let missing = households - sizes.reduce((sum, size) => sum + size, 0)
  for (let k = 0; missing !== 0; k = (k + 1) % sizes.length) {
    const step = Math.sign(missing)
    if (sizes[k]! + step < 1) continue
    sizes[k]! += step
    missing -= step
  }
  const people =
    shape === 'tight' ? Math.ceil((households * 1.002) / 30) : Math.round(district.people * times)
  return {
    version: 1,
    distance: 'plane',
    stability: 0,
    units: places.map((unit, index) => ({ ...unit, households: sizes[index]! })),
    people: Array.from({ length: people }, (_, index) => {
      const { x, y } = near(shape === 'skewed')
      return { id: `p${index}`, x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10, min: 10, max: 30 }
    }),
  }
}

function cumulative(weights: readonly number[]): (share: number) => number {
  const sums: number[] = []
  let sum = 0
  for (const weight of weights) sums.push((sum += weight))
  return (share) => {
    const index = sums.findIndex((one) => one >= share * sum)
    return index < 0 ? sums.length - 1 : index
  }
}
