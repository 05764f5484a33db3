import type { Bench, Figure } from './figure.ts'

/** `npm run bench -- NAME [--scale small|district]`: prints a table for people and, as its last line, one JSON object. */

const benches: Record<string, () => Promise<{ bench: Bench }>> = {
  classify: () => import('./classify.ts'),
  duplicates: () => import('./duplicates.ts'),
  start: () => import('./start.ts'),
  intake: () => import('./intake.ts'),
  lifecycle: () => import('./lifecycle.ts'),
  clock: () => import('./clock.ts'),
  desk: () => import('./desk.ts'),
  visits: () => import('./visits.ts'),
  import: () => import('./import.ts'),
  sync: () => import('./sync.ts'),
  liaison: () => import('./liaison.ts'),
}

function verdict({ value, target, better = 'lower' }: Figure): string {
  if (target === undefined) return ''
  return (better === 'lower' ? value <= target : value >= target) ? 'met' : 'missed'
}

const [name = '', ...options] = process.argv.slice(2)
const of = (option: string) =>
  options.includes(`--${option}`) ? options[options.indexOf(`--${option}`) + 1] : undefined
const load = benches[name]
if (load) {
  const { bench } = await load()
  const figures = await bench({ scale: of('scale') ?? 'small', of })
  const rows = figures.map((figure) => [
    figure.name,
    `${figure.value} ${figure.unit}`,
    figure.target === undefined ? '' : `${figure.target} ${figure.unit}`,
    verdict(figure),
  ])
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => cells[column]!.length)))
  for (const cells of rows)
    process.stdout.write(`${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}\n`)
  process.stdout.write(
    `${JSON.stringify(Object.fromEntries(figures.map((figure) => [figure.name, figure.value])))}\n`,
  )
} else {
  process.stderr.write(`Usage: npm run bench -- ${Object.keys(benches).join(' | ')}\n`)
  process.exitCode = 2
}
