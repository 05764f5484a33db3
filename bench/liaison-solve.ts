import { readFileSync } from 'node:fs'
import { check } from '#engines/liaison/check.ts'
import { parse } from '#engines/liaison/parse.ts'
import { solve } from '#engines/liaison/solve.ts'

/** One solution in a process of its own, so that its time and memory are its own: PROBLEM.json [--check]. Prints one JSON object. */
const [problemFile = '', ...options] = process.argv.slice(2)
const parsed = parse(JSON.parse(readFileSync(problemFile, 'utf8')))
if (!parsed.ok) throw new Error(`${parsed.at}: ${parsed.expected}`)
const { problem } = parsed
const plan = solve(problem, { now: () => performance.now() })
const peakMemoryMb = process.resourceUsage().maxRSS / 1024
const { user, system } = process.cpuUsage()
const findings = options.includes('--check') ? check(problem, plan) : []
process.stdout.write(
  JSON.stringify({
    ...plan.stats,
    status: plan.status,
    cost: plan.cost,
    dualBound: plan.dualBound,
    peakMemoryMb,
    processor: (user + system) / 1e6,
    findings,
  }),
)
