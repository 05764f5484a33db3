/**
 * The one program: `start` (supervisor), `serve`, `work`, `admin COMMAND`. Nothing that needs a newer Node is imported
 * before the version was looked at, so that an old one gets a sentence and not a syntax error.
 */
const wanted = 26
const major = Number(process.versions.node.split('.')[0])

if (major < wanted) {
  process.stderr.write(
    `Node ${wanted} or later is needed; this is ${process.versions.node}. npm brings its own: run "npm start" or "npm run -s admin", not node.\n`,
  )
  process.exitCode = 1
} else {
  const { run } = await import('./commands.ts')
  await run(process.argv.slice(2))
}

export {}
