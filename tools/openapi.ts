import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryKeys } from '#kernel/keys.ts'
import { openapi } from '#kernel/openapi.ts'
import type { Route } from '#kernel/route.ts'
import { localFiles } from '#kernel/files.ts'
import { allRoutes } from '../platform/src/app.ts'
import project from '../package.json' with { type: 'json' }

/** `node tools/openapi.ts FILE`: writes the document that the server gives at /openapi.json, without a server or database. */

const file = process.argv[2] ?? 'var/openapi.json'
const dataDir = join(import.meta.dirname, '../var')
const routes = allRoutes({ keys: temporaryKeys(), files: localFiles(dataDir), mode: 'demo', dataDir })
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, JSON.stringify(openapi(routes as readonly Route[], project.version), null, 2))
