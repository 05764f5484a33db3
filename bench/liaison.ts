import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Problem, Stats } from '#engines/liaison/contract.ts'
import { workerFlags } from '#kernel/keeper.ts'
import { instance, shapes } from './liaison-instances.ts'
import type { Figure, Options } from './figure.ts'

/**
 * Households to people: nine districts to the proven optimum, against LEMON on the full graph where a compiler and liblemon-dev are at hand;
 * how time and memory grow; and what a new solution costs after up to ten people leave. Every solution runs in a process of its
 * own. `whole` is such a process from its start to its end, reading included, as it is for LEMON.
 *
 * `processor` compares processor time, which says more than the clock while others use the machine.
 *
 * Solving again is compared with solving the very same problem from nothing, `current` included: both prove the optimum on the full graph and
 * both find the fewest changes; the bench stops where cost or changes differ. `againShare`: in a process that has been at work for a while,
 * by turns, the best of each. `againShareFirst`: each in a process that has solved nothing but the problem before, and where it is solved
 * again has got ready as the thread of a plan does; the best of the rounds. `againPrepares`: the longest that getting ready took.
 *
 * --rounds N: the best of so many turns (3). --without-lemon: for machines with little memory (it takes 3.6 GB).
 */

type Run = Stats & {
  cost: number
  dualBound: number
  peakMemoryMb: number
  whole: number
  processor: number
  findings: unknown[]
}

const seeds = [1, 2, 3]
const leaving = [1, 2, 3, 5, 8, 10]

export async function bench({ scale, of }: Options): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'chuanmen-liaison-'))
  try {
    return measure(scale, Number(of('rounds') ?? 3), folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function measure(scale: string, rounds: number, folder: string): Figure[] {
  const base = scale === 'small' ? 0.1 : 1
  const lemon = process.argv.includes('--without-lemon') ? undefined : compiled(folder)
  const ratios: number[] = []
  const runRatios: number[] = []
  const processorRatios: number[] = []
  const worst = { seconds: 0, whole: 0, pivots: 0, pricingRounds: 0, peakMemoryMb: 0 }
  say(
    'instance',
    'cost',
    'seconds',
    'whole',
    'pivots',
    'rounds',
    'MB',
    'LEMON run',
    'LEMON whole',
    'ratio',
    'of runs',
    'processor',
  )
  for (const shape of shapes) {
    for (const seed of seeds) {
      const problem = instance(shape, seed, base)
      const file = path.join(folder, 'problem.json')
      writeFileSync(file, JSON.stringify(problem))
      const run = bestOf(rounds, () => solved(file, ['--check']), file)
      const other = lemon && byLemon(lemon, problem, run)
      if (other) {
        ratios.push(other.whole / run.whole)
        runRatios.push(other.run / run.seconds)
        processorRatios.push(other.processor / run.processor)
      }
      for (const key of ['seconds', 'whole', 'pivots', 'pricingRounds', 'peakMemoryMb'] as const)
        worst[key] = Math.max(worst[key], run[key])
      say(
        `${shape} ${seed}`,
        run.cost,
        run.seconds.toFixed(3),
        run.whole.toFixed(3),
        run.pivots,
        run.pricingRounds,
        run.peakMemoryMb.toFixed(0),
        ...(other
          ? [
              other.run.toFixed(2),
              other.whole.toFixed(2),
              (other.whole / run.whole).toFixed(1),
              (other.run / run.seconds).toFixed(1),
              (other.processor / run.processor).toFixed(1),
            ]
          : []),
      )
    }
  }
  const figures: Figure[] = [
    { name: 'worstSeconds', value: round(worst.seconds), unit: 's' },
    { name: 'worstWhole', value: round(worst.whole), unit: 's' },
    { name: 'mostPivots', value: worst.pivots, unit: '' },
    { name: 'mostPricingRounds', value: worst.pricingRounds, unit: '' },
    { name: 'peakMemoryMb', value: Math.round(worst.peakMemoryMb), unit: 'MB', target: 128 },
  ]
  if (ratios.length > 0) {
    figures.push(
      { name: 'timesLemon', value: round(Math.min(...ratios)), unit: 'x', target: 20, better: 'higher' },
      { name: 'timesLemonRun', value: round(Math.min(...runRatios)), unit: 'x' },
      { name: 'timesLemonProcessor', value: round(Math.min(...processorRatios)), unit: 'x' },
    )
  }
  const all = [...figures, ...growth(scale, base, rounds, folder), ...again(base, rounds)]
  // A tenth of a district is over before Node has warmed up: nothing to hold to a target.
  return scale === 'small' ? all.map(({ name, value, unit }) => ({ name, value, unit })) : all
}

/** The best of some turns; each checked once, which is not counted. */
function bestOf(rounds: number, checked: () => Run, file: string, flags: readonly string[] = []): Run {
  const first = checked()
  if (first.findings.length > 0 || first.cost !== first.dualBound)
    throw new Error(`not proven: ${JSON.stringify(first.findings.slice(0, 3))}`)
  const runs = Array.from({ length: rounds }, () => solved(file, [], flags))
  const least = (key: 'seconds' | 'whole' | 'processor' | 'peakMemoryMb') =>
    Math.min(...runs.map((run) => run[key]))
  return {
    ...runs[0]!,
    seconds: least('seconds'),
    whole: least('whole'),
    processor: least('processor'),
    peakMemoryMb: least('peakMemoryMb'),
  }
}

/** Where Node keeps what it compiled, as an installed product has it from its second start on (platform/main.js). */
const compiledCode = path.join(tmpdir(), 'chuanmen-compiled')

/** What a program of this folder prints in a process of its own. @param flags of Node. */
function own(program: string, words: readonly string[], flags: readonly string[] = []): string {
  return execFileSync(process.execPath, [...flags, path.join(import.meta.dirname, program), ...words], {
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: compiledCode },
  })
}

function solved(file: string, options: readonly string[], flags: readonly string[] = []): Run {
  const from = performance.now()
  const output = own('liaison-solve.ts', [file, ...options], flags)
  const whole = (performance.now() - from) / 1000
  return { ...JSON.parse(output), whole }
}

function growth(scale: string, base: number, rounds: number, folder: string): Figure[] {
  const sizes = scale === 'city' ? [1, 2, 4, 8] : [1, 2, 4]
  const limits: Readonly<Record<number, number>> = { 2: 3.5, 4: 10, 8: 45 }
  const worst = new Map<number, number>()
  let memory = 0
  for (const shape of shapes) {
    let first = 0
    for (const times of sizes) {
      const file = path.join(folder, 'problem.json')
      writeFileSync(file, JSON.stringify(instance(shape, 1, base * times)))
      const turns = times >= 4 ? 1 : rounds
      // Whole cities are solved as the product does it, in its worker.
      const flags = times >= 8 ? workerFlags : []
      const run = bestOf(turns, () => solved(file, times >= 8 ? [] : ['--check'], flags), file, flags)
      if (times === 1) first = run.seconds
      worst.set(times, Math.max(worst.get(times) ?? 0, run.seconds / first))
      memory = Math.max(memory, run.peakMemoryMb)
      say(
        `${shape} ${times} x`,
        run.cost,
        run.seconds.toFixed(3),
        run.whole.toFixed(3),
        run.pivots,
        run.pricingRounds,
        run.peakMemoryMb.toFixed(0),
        `grown ${(run.seconds / first).toFixed(1)}`,
      )
    }
  }
  return [
    ...sizes.slice(1).map((times) => ({
      name: `grown${times}`,
      value: round(worst.get(times)!),
      unit: 'x',
      target: limits[times]!,
    })),
    scale === 'city'
      ? { name: 'cityMemoryMb', value: Math.round(memory), unit: 'MB', target: 300 }
      : { name: 'grownMemoryMb', value: Math.round(memory), unit: 'MB' },
  ]
}

type Turns = {
  cost: number
  changed: number
  fresh: number
  again: number
  freshPivots: number
  againPivots: number
}

/** After some people leave: from the problem before, and from nothing. */
function again(base: number, rounds: number): Figure[] {
  const shares: number[] = []
  const firstShares: number[] = []
  let changed = 0
  let prepares = 0
  for (const shape of shapes) {
    for (const count of leaving) {
      const run = <Result>(how: 'turns' | 'fresh' | 'again'): Result =>
        JSON.parse(own('liaison-again.ts', [shape, String(base), String(count), how]))
      const first = (how: 'fresh' | 'again') => {
        const runs = Array.from({ length: rounds }, () => run<{ seconds: number; prepares: number }>(how))
        prepares = Math.max(prepares, ...runs.map((one) => one.prepares))
        return Math.min(...runs.map(({ seconds }) => seconds))
      }
      const turns = run<Turns>('turns')
      const [freshFirst, againFirst] = [first('fresh'), first('again')]
      shares.push(turns.again / turns.fresh)
      firstShares.push(againFirst / freshFirst)
      changed = Math.max(changed, turns.changed)
      say(
        `${shape}, ${count} leave`,
        turns.cost,
        turns.again.toFixed(3),
        turns.fresh.toFixed(3),
        turns.againPivots,
        turns.freshPivots,
        `changed ${turns.changed}`,
        `share ${shares.at(-1)!.toFixed(2)}`,
        `first ${againFirst.toFixed(3)} ${freshFirst.toFixed(3)} ${firstShares.at(-1)!.toFixed(2)}`,
      )
    }
  }
  return [
    { name: 'againShare', value: round(Math.max(...shares)), unit: 'of fresh', target: 0.4 },
    { name: 'againShareMean', value: round(mean(shares)), unit: 'of fresh' },
    { name: 'againShareFirst', value: round(Math.max(...firstShares)), unit: 'of fresh', target: 0.4 },
    { name: 'againShareFirstMean', value: round(mean(firstShares)), unit: 'of fresh' },
    { name: 'againPrepares', value: round(prepares), unit: 's' },
    { name: 'mostChanged', value: changed, unit: 'households' },
  ]
}

function compiled(folder: string): string | undefined {
  const program = path.join(folder, 'lemon')
  const source = path.join(import.meta.dirname, 'lemon/transport.cpp')
  const { status } = spawnSync('g++', ['-O3', '-march=native', '-o', program, source], { stdio: 'ignore' })
  if (status === 0) return program
  process.stdout.write('LEMON is left out: it needs g++ and liblemon-dev.\n')
  return undefined
}

function byLemon(
  program: string,
  { units, people }: Problem,
  run: Run,
): { run: number; whole: number; processor: number } {
  const input = [
    `${units.length} ${people.length}`,
    ...units.map(({ x, y, households }) => `${x} ${y} ${households}`),
    ...people.map(({ x, y, min, max }) => `${x} ${y} ${min} ${max}`),
  ].join('\n')
  const from = performance.now()
  const output = execFileSync(program, { input, encoding: 'utf8' })
  const whole = (performance.now() - from) / 1000
  const [cost = NaN, , seconds = NaN, processor = NaN] = output.trim().split(' ').map(Number)
  if (cost !== run.cost) throw new Error(`LEMON says ${cost}, we say ${run.cost}`)
  return { run: seconds, whole, processor }
}

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length

const round = (value: number) => Math.round(value * 1000) / 1000

function say(...cells: readonly (string | number)[]): void {
  process.stdout.write(
    `${cells.map((cell, index) => String(cell).padEnd(index === 0 ? 20 : 11)).join(' ')}\n`,
  )
}
