import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { declared } from '#access/fields.ts'
import { owners } from '../boundaries/tables.ts'
import { columnsOf, undeclared } from './columns.ts'

/** `node tools/fields/check.ts [FOLDER]`: refuses a column that access/fields.ts does not declare (boundaries.md 2). */

const folder = process.argv[2] ?? path.join(import.meta.dirname, '../../platform/migrations')
const migrations = readdirSync(folder)
  .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
  .toSorted()
  .map((name) => readFileSync(path.join(folder, name), 'utf8'))

const columns = columnsOf(migrations)
const problems = undeclared(columns, declared, owners)
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) {
  process.stderr.write(
    `platform/src/access/fields and the migrations disagree in ${problems.length} places\n`,
  )
  process.exitCode = 1
} else {
  process.stdout.write(`${columns.size} columns declared\n`)
}
