import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * `npm run check`: everything that can be known without running the product. Every step runs even when one before it
 * failed, so that one run shows all there is to mend. `npm run check -- lint types` runs the named steps only.
 */

const root = join(import.meta.dirname, '..')

type Step = { name: string; command: readonly string[] }

const migrations = () =>
  readdirSync(join(root, 'platform/migrations'))
    .filter((name) => name.endsWith('.sql') && name !== 'schema.sql')
    .map((name) => `platform/migrations/${name}`)

const steps: readonly Step[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of pure files', command: ['tsc', '-p', 'tsconfig.pure.json'] },
  { name: 'types of pages', command: ['tsc', '-p', 'tsconfig.web.json'] },
  { name: 'lint and boundaries', command: ['oxlint'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'unused code and packages', command: ['knip', '--no-progress'] },
  { name: 'personal fields', command: ['node', 'tools/fields/check.ts'] },
  { name: 'message catalogues', command: ['node', 'tools/messages.ts'] },
  { name: 'lifecycle document', command: ['node', 'tools/lifecycle.ts', '--check'] },
  { name: 'migrations', command: ['squawk', ...migrations()] },
  { name: 'OpenAPI', command: ['node', 'tools/openapi.ts', 'var/openapi.json'] },
  { name: 'OpenAPI lint', command: ['redocly', 'lint', 'var/openapi.json'] },
  { name: 'pages build', command: ['vite', 'build', '--logLevel', 'warn'] },
  { name: 'page sizes', command: ['size-limit'] },
]

/** Runs one step; resolves with what it printed and whether it went well. */
async function run(command: readonly string[]): Promise<{ ok: boolean; output: string }> {
  const [program = '', ...args] = command
  const env = {
    ...process.env,
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    // No step may call home.
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    NO_UPDATE_NOTIFIER: '1',
  }
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const { promise, resolve } = Promise.withResolvers<boolean>()
  child.on('error', (error) => {
    output += `${error.message}\n`
    resolve(false)
  })
  child.on('close', (code) => resolve(code === 0))
  return { ok: await promise, output }
}

const wanted = process.argv.slice(2)
const failed: string[] = []
for (const { name, command } of steps) {
  if (wanted.length > 0 && !wanted.some((word) => name.toLowerCase().includes(word.toLowerCase()))) continue
  const start = performance.now()
  const { ok, output } = await run(command)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`)
  if (!ok) {
    failed.push(name)
    process.stdout.write(`${output.trimEnd()}\n\n`)
  }
}
if (failed.length > 0) {
  process.stdout.write(`\ncheck failed: ${failed.join(', ')}\n`)
  process.exitCode = 1
}
