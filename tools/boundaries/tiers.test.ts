import { expect, test } from 'vitest'
import { refuse } from './tiers.ts'

const src = 'platform/src'

test.each([
  ['engines/flow/solve.ts', 'engines/flow/heap.ts'],
  [`${src}/requests/rules.ts`, `${src}/deadlines/contract.ts`],
  [`${src}/requests/rules.ts`, 'engines/flow/solve.ts'],
  [`${src}/requests/contract.ts`, 'npm:zod'],
  [`${src}/requests/contract.ts`, `${src}/requests/messages/zh-CN.json`],
  [`${src}/requests/rules.ts`, `${src}/requests/standing.ts`],
  [`${src}/requests/service.ts`, `${src}/requests/store.ts`],
  [`${src}/requests/service.ts`, `${src}/org/service.ts`],
  [`${src}/requests/service.ts`, `${src}/kernel/db.ts`],
  [`${src}/requests/store.ts`, 'npm:kysely'],
  [`${src}/audit/service.ts`, `${src}/access/contract.ts`],
  [`${src}/reports/service.ts`, `${src}/requests/store.ts`],
  [`${src}/demo/people.ts`, `${src}/requests/service.ts`],
  [`${src}/app.ts`, `${src}/requests/routes.ts`],
  [`${src}/jobs.ts`, `${src}/requests/clock.ts`],
  ['web/console/main.tsx', 'npm:antd'],
  ['web/console/pages/inbox.tsx', `${src}/requests/lifecycle.ts`],
  ['web/phone/words.ts', `${src}/requests/messages/en.json`],
  ['web/phone/main.tsx', 'web/ui/seal.tsx'],
  [`${src}/requests/service.test.ts`, 'tests/database.ts'],
  [`${src}/requests/service.test.ts`, `${src}/org/store.ts`],
  ['bench/start.ts', 'tests/faults/product.ts'],
])('%s may import %s', (from, to) => {
  expect(refuse(from, to)).toBeUndefined()
})

test.each([
  [`${src}/access/gate.ts`, `${src}/audit/service.ts`, 'not of a lower tier'],
  [`${src}/deadlines/service.ts`, `${src}/catalogue/service.ts`, 'not of a lower tier'],
  ['engines/flow/solve.ts', 'npm:zod', 'an engine imports nothing but engines'],
  ['engines/flow/solve.ts', 'node:fs', 'an engine imports nothing but engines'],
  [`${src}/requests/rules.ts`, `${src}/requests/service.ts`, 'only others of its kind'],
  [`${src}/requests/rules.ts`, `${src}/kernel/clock.ts`, 'only others of its kind'],
  [`${src}/requests/contract.ts`, 'node:crypto', 'only others of its kind'],
  [`${src}/requests/lifecycle.ts`, 'npm:kysely', 'only others of its kind'],
  [`${src}/requests/service.ts`, `${src}/org/store.ts`, 'the store of org is private'],
  [`${src}/requests/service.ts`, `${src}/org/people-store.ts`, 'the store of org is private'],
  [`${src}/requests/service.ts`, `${src}/gridplan/service.ts`, 'not of a lower tier'],
  [`${src}/requests/service.ts`, `${src}/meetings/service.ts`, 'not of a lower tier'],
  [`${src}/kernel/http.ts`, `${src}/access/gate.ts`, 'not of a lower tier'],
  [`${src}/requests/service.ts`, `${src}/demo/people.ts`, 'not of a lower tier'],
  [`${src}/requests/store.ts`, `${src}/org/service.ts`, 'knows only the kernel'],
  [`${src}/requests/service.ts`, `${src}/org/routes.ts`, 'entrances'],
  [`${src}/requests/service.ts`, `${src}/requests/routes.ts`, 'entrances'],
  [`${src}/requests/service.ts`, `${src}/app.ts`, 'composition root'],
  [`${src}/requests/service.ts`, `${src}/jobs.ts`, 'composition root'],
  [`${src}/requests/service.ts`, `${src}/weather/service.ts`, 'stands in no tier'],
  [`${src}/requests/service.ts`, 'web/ui/seal.tsx', 'does not import pages'],
  [`${src}/requests/service.ts`, 'tests/database.ts', 'does not import tests'],
  ['web/console/main.tsx', `${src}/requests/service.ts`, 'contracts, rules'],
  ['web/console/main.tsx', 'node:fs', 'nothing of the server'],
  ['web/phone/main.tsx', 'npm:antd', 'the phone stays small'],
  ['web/ui/seal.tsx', 'npm:antd/es/button', 'the phone stays small'],
  ['web/phone/main.tsx', 'npm:echarts/core', 'the phone stays small'],
  ['web/phone/main.tsx', 'npm:maplibre-gl', 'the phone stays small'],
  ['web/phone/main.tsx', 'web/console/paths.ts', 'only the console'],
  ['web/console/main.tsx', 'web/phone/paths.ts', 'only the phone'],
  ['web/ui/seal.tsx', 'web/phone/paths.ts', 'only the phone'],
])('%s may not import %s', (from, to, why) => {
  expect(refuse(from, to)).toContain(why)
})
