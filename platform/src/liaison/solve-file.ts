import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from '#engines/liaison/parse.ts'
import { solve } from '#engines/liaison/solve.ts'

/**
 * `npm run -s admin -- liaison solve PROBLEM.json PLAN.json`. Exit 0: the plan is written, also when it says that no plan keeps every
 * bound. 2: wrongly called or malformed, with one line that says where. 1: the plan could not be written.
 */
export function solveFile(words: readonly string[]): number {
  const [from, to, ...more] = words
  if (from === undefined || to === undefined || more.length > 0)
    return refuse('liaison solve PROBLEM.json PLAN.json')
  let text: string
  try {
    text = readFileSync(from, 'utf8')
  } catch (error) {
    return refuse(`${from}: ${said(error)}`)
  }
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch (error) {
    return refuse(`${from}: expected JSON. ${said(error)}`)
  }
  const parsed = parse(input)
  if (!parsed.ok) return refuse(`${from}: ${parsed.at}: ${parsed.expected}`)
  const plan = solve(parsed.problem, { now: () => performance.now() })
  // Bytes on macOS, kibibytes elsewhere; Node gives kibibytes everywhere.
  plan.stats.peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 102.4) / 10
  try {
    writeFileSync(to, `${JSON.stringify(plan)}\n`)
  } catch (error) {
    process.stderr.write(`${to}: ${said(error)}\n`)
    return 1
  }
  const { seconds, pivots, pricingRounds, peakMemoryMb } = plan.stats
  process.stdout.write(
    `${plan.status}: cost ${plan.cost}, bound ${plan.dualBound}, ${seconds.toFixed(2)} s, ${pivots} pivots, ` +
      `${pricingRounds} pricing rounds, ${peakMemoryMb} MB\n`,
  )
  for (const { words: reason } of plan.explanation.slice(0, 5)) process.stdout.write(`${reason}\n`)
  return 0
}

function refuse(line: string): number {
  process.stderr.write(`${line.replaceAll(/\s+/g, ' ')}\n`)
  return 2
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
