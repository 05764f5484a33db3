import { readFileSync } from 'node:fs'
import { check } from '#engines/liaison/check.ts'
import type { Before } from '#engines/liaison/contract.ts'
import { parse } from '#engines/liaison/parse.ts'
import { solve } from '#engines/liaison/solve.ts'

/**
 * One solution in a process of its own, so that its time and memory are its own: PROBLEM.json [--before PRICES.json] [--check].
 * Prints one JSON object.
 */
const [problemFile = '', ...options] = process.argv.slice(2)
const parsed = parse(JSON.parse(readFileSync(problemFile, 'utf8')))
if (!parsed.ok) throw new Error(`${parsed.at}: ${parsed.expected}`)
const { problem } = parsed
const beforeFile = options.includes('--before') ? options[options.indexOf('--before') + 1] : undefined
const prices: { units: [string, number][]; people: [string, number][] } | undefined =
  beforeFile === undefined ? undefined : JSON.parse(readFileSync(beforeFile, 'utf8'))
const before: Before | undefined = prices && { units: new Map(prices.units), people: new Map(prices.people) }
const begun = process.cpuUsage()
const plan = solve(problem, { now: () => performance.now(), ...(before ? { before } : {}) })
const peakMemoryMb = process.resourceUsage().maxRSS / 1024
const { user, system } = process.cpuUsage()
const own = process.cpuUsage(begun)
const findings = options.includes('--check') ? check(problem, plan) : []
process.stdout.write(
  JSON.stringify({
    ...plan.stats,
    status: plan.status,
    cost: plan.cost,
    dualBound: plan.dualBound,
    peakMemoryMb,
    processor: (user + system) / 1e6,
    processorOfSolve: (own.user + own.system) / 1e6,
    findings,
  }),
)
