import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/**
 * One violation of each kind, planted in an otherwise empty copy of the project and held before the real tools with
 * the real configuration. A rule that no longer bites, or a plugin that no longer loads, fails here.
 */

const root = join(import.meta.dirname, '../..')
const copy = mkdtempSync(join(tmpdir(), 'chuanmen-planted-'))

beforeAll(() => {
  for (const name of [
    '.oxlintrc.json',
    'tsconfig.json',
    'tsconfig.pure.json',
    'package.json',
    'tools',
    'platform/migrations',
  ]) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  for (const name of ['platform/src/access', 'platform/src/kernel']) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir')
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

type Outcome = { status: number | null; output: string }

function run(program: string, args: readonly string[]): Outcome {
  const file = program === 'node' ? process.execPath : join(root, 'node_modules/.bin', program)
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: copy, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

/** Puts the file in its place, runs the work, and takes it away again. */
function planted(path: string, text: string, work: () => Outcome): Outcome {
  mkdirSync(dirname(join(copy, path)), { recursive: true })
  writeFileSync(join(copy, path), text)
  try {
    return work()
  } finally {
    rmSync(join(copy, path))
  }
}

const lint = (path: string, text: string) => planted(path, text, () => run('oxlint', ['-f', 'unix', path]))

const requests = 'platform/src/requests'

const violations: [kind: string, rule: string, path: string, text: string][] = [
  [
    'an engine that uses a package',
    'chuanmen(layers)',
    'engines/flow/planted.ts',
    "import { z } from 'zod'\nz.string()\n",
  ],
  [
    'a contract that imports a service',
    'chuanmen(layers)',
    `${requests}/contract.ts`,
    "import { x } from './service.ts'\nx()\n",
  ],
  [
    'a rule that imports Node',
    'chuanmen(layers)',
    `${requests}/rules.ts`,
    "import { hash } from 'node:crypto'\nhash('sha256', '')\n",
  ],
  [
    'a service of the same tier',
    'chuanmen(layers)',
    `${requests}/service.ts`,
    "import { x } from '#platform/visits/service.ts'\nx()\n",
  ],
  [
    'a service of a higher tier',
    'chuanmen(layers)',
    'platform/src/org/service.ts',
    "import { x } from '#requests/service.ts'\nx()\n",
  ],
  [
    'a kernel that knows a capability',
    'chuanmen(layers)',
    'platform/src/kernel/planted.ts',
    "import { x } from '#access/gate.ts'\nx()\n",
  ],
  [
    'an import made at run time',
    'chuanmen(layers)',
    'platform/src/kernel/planted.ts',
    "await import('#requests/service.ts')\n",
  ],
  [
    "another's store",
    'chuanmen(layers)',
    `${requests}/service.ts`,
    "import { x } from '#org/store.ts'\nx()\n",
  ],
  [
    "another's table in SQL",
    'chuanmen(own-tables)',
    `${requests}/store.ts`,
    "import { sql } from 'kysely'\nexport const planted = sql<object>`select name from resident`\n",
  ],
  [
    "another's table in a query",
    'chuanmen(own-tables)',
    `${requests}/store.ts`,
    "import { trx } from './trx.ts'\nexport const planted = trx.selectFrom('person as p').selectAll()\n",
  ],
  [
    'a page that imports a service',
    'chuanmen(layers)',
    'web/console/planted.ts',
    "import { x } from '#requests/service.ts'\nx()\n",
  ],
  [
    'a phone that carries antd',
    'chuanmen(layers)',
    'web/phone/planted.tsx',
    "import { Button } from 'antd'\nexport const planted = <Button />\n",
  ],
  [
    'a phone that imports the console',
    'chuanmen(layers)',
    'web/phone/planted.ts',
    "export { paths } from '#web/console/paths.ts'\n",
  ],
  [
    'a rule that reads the clock',
    'chuanmen(purity)',
    `${requests}/rules.ts`,
    'export const now = () => Temporal.Now.instant()\n',
  ],
  [
    'a rule that asks for today',
    'chuanmen(purity)',
    `${requests}/rules.ts`,
    'export const now = () => new Date()\n',
  ],
  [
    'an engine that throws dice',
    'chuanmen(purity)',
    'engines/flow/planted.ts',
    'export const dice = () => Math.random()\n',
  ],
  [
    'a contract that reads the environment',
    'chuanmen(purity)',
    `${requests}/contract.ts`,
    "export const home = process.env['HOME']\n",
  ],
  [
    'a clock read past the injected one',
    'chuanmen(injected-clock)',
    `${requests}/service.ts`,
    'export const now = () => Date.now()\n',
  ],
  [
    'a route without a permission',
    'chuanmen(route-permission)',
    `${requests}/routes.ts`,
    "import { route } from '#access/route.ts'\nroute({ method: 'GET', path: '/api/planted', summary: 'Planted' })\n",
  ],
  [
    'Chinese text in a string',
    'chuanmen(chinese-text)',
    `${requests}/service.ts`,
    "export const title = '路灯不亮'\n",
  ],
  [
    'Chinese text in a template',
    'chuanmen(chinese-text)',
    `${requests}/service.ts`,
    'export const title = (n: string) => `第${n}件`\n',
  ],
  [
    'Chinese text in a page',
    'chuanmen(chinese-text)',
    'web/phone/planted.tsx',
    'export const planted = <p>说一件事</p>\n',
  ],
  ['a barrel', 'chuanmen(no-star-export)', `${requests}/planted.ts`, "export * from './service.ts'\n"],
  [
    'a default export',
    'import(no-default-export)',
    `${requests}/planted.ts`,
    'export default function planted() {}\n',
  ],
  ['any', 'typescript(no-explicit-any)', `${requests}/planted.ts`, 'export const planted = (x: any) => x\n'],
]

describe('the linter refuses', () => {
  test.each(violations)('%s', (_kind, rule, path, text) => {
    const { status, output } = lint(path, text)
    expect(output).toContain(rule)
    expect(status).toBe(1)
  })

  test('nothing in a file that keeps to the rules', () => {
    const text = "import { z } from 'zod'\nexport const planted = z.object({ title: z.string() })\n"
    const { status, output } = lint(`${requests}/contract.ts`, text)
    expect(output).not.toContain('chuanmen(')
    expect(status).toBe(0)
  })
})

describe('the compiler refuses', () => {
  const compile = (path: string, text: string, config: object) =>
    planted(path, text, () =>
      planted('tsconfig.planted.json', JSON.stringify(config), () =>
        run('tsc', ['-p', 'tsconfig.planted.json']),
      ),
    )

  test.each([
    ['Node in an engine', "export const planted = Buffer.from('')\n", "Cannot find name 'Buffer'"],
    ['the page in an engine', 'export const planted = document.title\n', "Cannot find name 'document'"],
  ])('%s', (_kind, text, message) => {
    const { status, output } = compile('engines/flow/planted.ts', text, {
      extends: './tsconfig.pure.json',
      include: ['engines/flow/planted.ts'],
    })
    expect(output).toContain(message)
    expect(status).not.toBe(0)
  })

  test('a route without a permission', () => {
    const text = [
      "import { route } from '#access/route.ts'",
      "export const planted = route({ method: 'GET', path: '/api/planted', summary: 'Planted', audit: 'public', run: async () => {} })",
    ].join('\n')
    const { status, output } = compile(`${requests}/planted.ts`, text, {
      extends: './tsconfig.json',
      include: [`${requests}/planted.ts`],
    })
    expect(output).toContain("'allow'")
    expect(status).not.toBe(0)
  })
})

describe('the registry of personal fields refuses', () => {
  const check = () => run('node', ['tools/fields/check.ts'])

  test('an undeclared personal field', () => {
    const sql = 'alter table resident add column political_views text;\n'
    const { status, output } = planted('platform/migrations/9999_planted.sql', sql, check)
    expect(output).toContain('resident.political_views is not declared')
    expect(status).toBe(1)
  })

  test('nothing when every column is declared', () => {
    expect(check()).toMatchObject({ status: 0 })
  })
})
