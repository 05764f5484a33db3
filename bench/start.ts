import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { brotliCompressSync } from 'node:zlib'
import { startProduct } from '#tests/faults/product.ts'
import type { Figure } from './figure.ts'

/** Start-up and first pages: the first start with the demo subdistrict, a later start, the whole district, and what a browser loads. */

const dist = path.resolve(import.meta.dirname, '../web/dist')

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const before = performance.now()
  const result = await work()
  return { result, seconds: Math.round((performance.now() - before) / 10) / 100 }
}

/** Bytes of JavaScript and of everything, brotli, that the first page of a door loads before anything is clicked. */
function pageBytes(door: 'phone' | 'console'): { script: number; all: number } {
  const page = readFileSync(path.join(dist, door, 'index.html'))
  const compressed = (bytes: Buffer) => brotliCompressSync(bytes).length
  let script = 0
  let all = compressed(page)
  const seen = new Set<string>()
  const visit = (asset: string) => {
    if (seen.has(asset)) return
    seen.add(asset)
    const bytes = readFileSync(path.join(dist, 'assets', asset))
    const size = compressed(bytes)
    all += size
    if (!asset.endsWith('.js')) return
    script += size
    // Static imports come with the page; dynamic ones only when their page is opened.
    for (const [, next] of bytes.toString().matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
      visit(next!)
  }
  for (const [, asset] of page.toString().matchAll(/\/assets\/([\w.-]+\.(?:js|css))/g)) visit(asset!)
  return { script, all }
}

const kilobytes = (bytes: number) => Math.round(bytes / 100) / 10

export async function bench({ scale }: { scale: string }): Promise<Figure[]> {
  const first = await timed(() => startProduct())
  await first.result.stop()
  const later = await timed(() => startProduct({}, first.result.dataDir))
  await later.result.stop()
  first.result.remove()
  const figures: Figure[] = [
    { name: 'firstStart', value: first.seconds, unit: 's', target: 30 },
    { name: 'laterStart', value: later.seconds, unit: 's', target: 5 },
  ]
  if (scale === 'district') {
    const district = await timed(() => startProduct({ CHUANMEN_DEMO: 'district' }))
    await district.result.stop()
    district.result.remove()
    figures.push({ name: 'districtStart', value: district.seconds, unit: 's', target: 180 })
  }
  for (const door of ['phone', 'console'] as const) {
    const { script, all } = pageBytes(door)
    figures.push(
      { name: `${door}Script`, value: kilobytes(script), unit: 'kB', target: door === 'phone' ? 140 : 260 },
      { name: `${door}All`, value: kilobytes(all), unit: 'kB' },
    )
  }
  figures.push({ name: 'builtFiles', value: readdirSync(path.join(dist, 'assets')).length, unit: 'files' })
  return figures
}
