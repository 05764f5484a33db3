import highs from 'highs'
import { generator } from '#engines/classify/random.ts'
import type { Problem } from './contract.ts'

/**
 * Small problems from seeds, and their optima by HiGHS, which shares neither method nor code with this engine: its simplex and
 * branch-and-bound on the whole transportation program, written down from the rules alone.
 */

export type Kind = 'plain' | 'crowded' | 'grid' | 'sphere' | 'anchors' | 'huge' | 'short' | 'idle' | 'kept'

export const kinds: readonly Kind[] = [
  'plain',
  'crowded',
  'grid',
  'sphere',
  'anchors',
  'huge',
  'short',
  'idle',
  'kept',
]

export function small(kind: Kind, seed: number): Problem {
  const random = generator(seed * 101 + kinds.indexOf(kind))
  const upTo = (most: number) => Math.floor(random() * (most + 1))
  const units = 4 + upTo(9)
  const people = 3 + upTo(8)
  // A coarse grid has ties, duplicates and distance nought in plenty.
  const side = kind === 'huge' ? 1_000_000 : kind === 'grid' || kind === 'kept' ? 4 : 1000
  const point = (): [number, number] =>
    kind === 'sphere' ? [116.6 + random() * 0.2, 39.4 + random() * 0.2] : [upTo(side), upTo(side)]
  const problem: Problem = {
    version: 1,
    distance: kind === 'sphere' ? 'sphere' : 'plane',
    stability: 0,
    units: Array.from({ length: units }, (_, index) => {
      const [x, y] = point()
      return { id: `u${index}`, x, y, households: upTo(12) }
    }),
    people: [],
  }
  const households = problem.units.reduce((sum, unit) => sum + unit.households, 0)
  const share = households / people
  const [low, high] = {
    plain: [0.4, 1.6],
    crowded: [0.9, 1.02],
    grid: [0.5, 1.4],
    sphere: [0.5, 1.3],
    anchors: [0.5, 1.3],
    huge: [0.5, 1.3],
    short: [0.2, 0.8],
    idle: [1.3, 1.9],
    kept: [0.5, 1.3],
  }[kind] as [number, number]
  problem.people = Array.from({ length: people }, (_, index) => {
    const [x, y] = point()
    const anchors = kind === 'anchors' ? Array.from({ length: upTo(3) }, point) : undefined
    const person = { id: `p${index}`, x, y, min: Math.floor(share * low), max: Math.ceil(share * high) }
    return anchors ? { ...person, anchors } : person
  })
  if (kind !== 'kept') return problem
  problem.stability = [0, 0, 1, 2, 7][upTo(4)]!
  problem.current = problem.units.flatMap(({ id, households: all }) =>
    all === 0 ? [] : [{ person: `p${upTo(people)}`, unit: id, households: 1 + upTo(all - 1) }],
  )
  return problem
}

export type Optimum = { cost: number; unserved: number; missing: number; changed: number }

/** Metres by the rules: the nearest of a person's places, half a metre up. */
export function metresOf({ units, people, distance }: Problem, u: number, p: number): number {
  const unit = units[u]!
  const person = people[p]!
  const radians = Math.PI / 180
  const far = ([x, y]: readonly [number, number]): number => {
    if (distance === 'plane') return Math.sqrt((unit.x - x) ** 2 + (unit.y - y) ** 2)
    const cosine =
      Math.sin(((unit.y - y) * radians) / 2) ** 2 +
      Math.cos(unit.y * radians) * Math.cos(y * radians) * Math.sin(((unit.x - x) * radians) / 2) ** 2
    return 2 * 6_371_008.8 * Math.asin(Math.sqrt(cosine))
  }
  return Math.round(Math.min(...[[person.x, person.y] as const, ...(person.anchors ?? [])].map(far)))
}

/**
 * The optimum, goal after goal, each fixed before the next: unserved households, households missing from minimums, cost, changed
 * households.
 */
export async function exact(problem: Problem): Promise<Optimum> {
  const solver = await highs()
  const { units, people, current = [], stability } = problem
  const rules: string[] = []
  const pairs = units.flatMap((_, u) => people.map((__, p) => ({ u, p, name: `x${u}_${p}` })))
  units.forEach(({ households }, u) => {
    const all = people.map((_, p) => `x${u}_${p}`)
    rules.push(`${[...all, `n${u}`].join(' + ')} = ${households}`)
  })
  people.forEach(({ min, max }, p) => {
    const all = units.map((_, u) => `x${u}_${p}`)
    rules.push(`${all.join(' + ')} <= ${max}`, `${[...all, `m${p}`].join(' + ')} >= ${min}`)
  })
  let gone = 0
  const kept = new Map<string, number>()
  for (const { person, unit, households } of current) {
    const u = units.findIndex(({ id }) => id === unit)
    const p = people.findIndex(({ id }) => id === person)
    gone += households
    if (p >= 0) kept.set(`${u}_${p}`, (kept.get(`${u}_${p}`) ?? 0) + households)
  }
  for (const [pair, households] of kept) rules.push(`k${pair} - x${pair} <= 0`, `k${pair} <= ${households}`)
  const keeping = [...kept.keys()].map((pair) => `k${pair}`)
  const goals = [
    units.map((_, u) => `n${u}`).join(' + '),
    people.map((_, p) => `m${p}`).join(' + '),
    [
      ...pairs.map(({ u, p, name }) => `${metresOf(problem, u, p)} ${name}`),
      ...keeping.map((name) => `- ${stability} ${name}`),
    ]
      .join(' + ')
      .replaceAll('+ -', '-'),
    keeping.length > 0 ? `- ${keeping.join(' - ')}` : '',
  ]
  const values = goals.map((goal) => {
    if (goal === '') return 0
    const program = `Minimize\n obj: ${goal}\nSubject To\n${rules.map((rule, index) => ` r${index}: ${rule}`).join('\n')}\nEnd`
    const { Status, ObjectiveValue } = solver.solve(program)
    if (Status !== 'Optimal') throw new Error(`${Status}\n${program}`)
    const value = Math.round(ObjectiveValue)
    rules.push(`${goal} <= ${value}`)
    return value
  })
  return {
    unserved: values[0]!,
    missing: values[1]!,
    cost: values[2]! + stability * gone,
    changed: gone + values[3]!,
  }
}
