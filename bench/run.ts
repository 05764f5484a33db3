/** `npm run bench -- NAME [--scale small|district]`: prints a table for people and, as its last line, one JSON object. */

export type Figure = {
  name: string
  value: number
  unit: string
  target?: number
  better?: 'lower' | 'higher'
}
export type Bench = (options: { scale: string }) => Promise<Figure[]>

const benches: Record<string, () => Promise<{ bench: Bench }>> = {
  start: () => import('./start.ts'),
}

function verdict({ value, target, better = 'lower' }: Figure): string {
  if (target === undefined) return ''
  return (better === 'lower' ? value <= target : value >= target) ? 'met' : 'missed'
}

const [name = '', ...options] = process.argv.slice(2)
const scale = options[options.indexOf('--scale') + 1] ?? 'small'
const load = benches[name]
if (load) {
  const { bench } = await load()
  const figures = await bench({ scale: options.includes('--scale') ? scale : 'small' })
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
