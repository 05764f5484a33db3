import { explain, runProcess, type Running } from '#kernel/child.ts'
import { systemClock } from '#kernel/clock.ts'
import { type Config, loadConfig } from '#kernel/config.ts'
import { openDatabase } from '#kernel/db.ts'
import { join } from '#kernel/installation.ts'
import { openLog } from '#kernel/log.ts'
import { supervise } from '#kernel/supervisor.ts'

/** The one program: `start` (supervisor), `serve`, `work`, `admin COMMAND`. Entered through `platform/main.js`. */

/** Runs one command line. Sets the exit code; the long-running ones return while they run. */
async function run([command, ...words]: readonly string[]): Promise<void> {
  try {
    const config = loadConfig(process.env)
    if (command === 'start') await start(config)
    else if (command === 'serve') await runProcess(openLog({ process: 'serve' }), () => serve(config))
    else if (command === 'work') await runProcess(openLog({ process: 'work' }), () => work(config))
    else if (command === 'admin') process.exitCode = await (await import('./admin.ts')).admin(config, words)
    else {
      process.stderr.write('Usage: main.js start | serve | work | admin COMMAND\n')
      process.exitCode = 2
    }
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = 1
  }
}

function start(config: Config): Promise<void> {
  return supervise({
    config,
    main: import.meta.filename,
    clock: systemClock,
    log: openLog({ process: 'start' }),
    demo: () => import('#demo/load.ts'),
    print: (line) => process.stdout.write(`${line}\n`),
  })
}

async function serve(config: Config): Promise<Running> {
  const log = openLog({ process: 'serve' })
  const { buildServer } = await import('./app.ts')
  const { urls, keys } = await join(config)
  const database = openDatabase(urls.app, { max: 20 })
  const server = await buildServer({ config, database, keys, clock: systemClock, log })
  await server.listen({ port: config.port, host: config.host })
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  return {
    url: `${config.tls === undefined ? 'http' : 'https'}://${reachable(config.host)}:${port}`,
    async drain() {
      await server.close()
      await database.close()
    },
  }
}

async function work(config: Config): Promise<Running> {
  const log = openLog({ process: 'work' })
  const { startWorker } = await import('./jobs.ts')
  const { urls, keys } = await join(config)
  const database = openDatabase(urls.app, { max: 5 })
  const worker = await startWorker({
    config,
    database,
    keys,
    clock: systemClock,
    log,
    workerUrl: urls.worker,
  })
  return {
    url: '',
    async drain() {
      await worker.stop()
      await database.close()
    },
  }
}

/** "Every address" is no address to connect to. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

await run(process.argv.slice(2))
