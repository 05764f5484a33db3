import type { Reporter, TestModule } from 'vitest/node'

/** Vitest reporter: ends the run with the one line `N passed, N failed` that CI reads. A file that cannot load counts as failed. */
// A reporter is loaded by its default export.
export default class LastLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      const before = failed
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed++
        if (state === 'failed') failed++
      }
      if (module.state() === 'failed' && failed === before) failed++
    }
    // After the summary of the default reporter, which is printed in the same tick.
    process.once('exit', () => process.stdout.write(`${passed} passed, ${failed} failed\n`))
  }
}
