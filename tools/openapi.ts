import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { localFiles } from '#kernel/files.ts'
import { temporaryKeys } from '#kernel/keys.ts'
import { openapi } from '#kernel/openapi.ts'
import type { Route } from '#kernel/route.ts'
import project from '../package.json' with { type: 'json' }
import { allRoutes } from '../platform/src/app.ts'

/**
 * `node tools/openapi.ts FILE`: writes the document that the server gives at /openapi.json, without a server or database.
 * Fails when a property or parameter in it is not described.
 */

/** Places of properties and parameters without a description. */
function undescribed(node: unknown, place: string): string[] {
  if (typeof node !== 'object' || node === null) return []
  const found = Object.entries(node).flatMap(([key, value]) => undescribed(value, `${place}/${key}`))
  const lacks = (value: unknown) =>
    typeof value !== 'object' || value === null || !('description' in value || '$ref' in value)
  if ('properties' in node && typeof node.properties === 'object' && 'type' in node) {
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      if (lacks(property)) found.push(`${place}: ${name}`)
    }
  }
  if ('in' in node && 'name' in node && !('description' in node && node.description)) {
    if (!('type' in node)) found.push(`${place}: parameter ${String(node.name)}`)
  }
  return found
}

const file = process.argv[2] ?? 'var/openapi.json'
const dataDir = path.join(import.meta.dirname, '../var')
const routes = allRoutes({ keys: temporaryKeys(), files: localFiles(dataDir), mode: 'demo', dataDir })
const document = openapi(routes as readonly Route[], project.version)
mkdirSync(path.dirname(file), { recursive: true })
writeFileSync(file, JSON.stringify(document, null, 2))

const missing = undescribed(document['paths'], '')
for (const place of missing) process.stderr.write(`not described: ${place}\n`)
process.exitCode = missing.length > 0 ? 1 : 0
