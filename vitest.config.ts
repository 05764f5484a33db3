import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/**
 * One command runs everything: rules, real PostgreSQL, and the walks in a browser. The machines are small (2 cores),
 * so two files run at a time; the walks, which start a server and a browser each, come after all others.
 */
export default defineConfig({
  test: {
    globalSetup: existsSync('tests/global-setup.ts') ? ['tests/global-setup.ts'] : [],
    reporters: ['default', './tools/last-line.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'rules and database',
          include: ['{engines,platform,web,tools,tests,bench}/**/*.test.{ts,tsx}'],
          exclude: ['tests/browser/**', '**/node_modules/**', '**/dist/**'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          maxWorkers: 2,
          maxConcurrency: 3,
          // A person waits longer than a second for a page on a busy machine.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 180_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
