import module from 'node:module'

/**
 * The door of the program, in JavaScript that an old Node understands, so that it gets a sentence and not a stack trace
 * about an unknown file extension.
 */
const wanted = 26

if (Number(process.versions.node.split('.')[0]) < wanted) {
  process.stderr.write(
    `Node ${wanted} or later is needed; this is ${process.versions.node}. npm brings its own: ` +
      'run "npm ci", then "npm start" or "npm run -s admin -- help".\n',
  )
  process.exitCode = 1
} else {
  // Later starts, and the processes of this one, read what was compiled before.
  module.enableCompileCache()
  process.env.NODE_COMPILE_CACHE ??= module.getCompileCacheDir()
  await import('./src/main.ts')
}
