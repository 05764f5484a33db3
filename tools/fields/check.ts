import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { columnsOf, undeclared } from './columns.ts'

/** `node tools/fields/check.ts [ROOT]`: refuses a column that access/fields.ts does not declare (boundaries.md 2). */

const root = process.argv[2] ?? join(import.meta.dirname, '../..')
const folder = join(root, 'platform/migrations')
const migrations = readdirSync(folder)
  .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
  .toSorted()
  .map((name) => readFileSync(join(folder, name), 'utf8'))

type Registry = typeof import('../../platform/src/access/fields.ts')
const registry: Registry = await import(pathToFileURL(join(root, 'platform/src/access/fields.ts')).href)

const columns = columnsOf(migrations)
const problems = undeclared(columns, registry.personal, registry.notPersonal)
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) {
  process.stderr.write(
    `platform/src/access/fields.ts and the migrations disagree in ${problems.length} places\n`,
  )
  process.exit(1)
}
process.stdout.write(`${columns.size} columns declared\n`)
