/**
 * A whole installation in small, for supervisor.test.ts: the real supervisor, database and child processes around a
 * server of three routes, so that the test is about who starts, ends and restarts whom.
 */
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { runProcess } from './child.ts'
import { systemClock } from './clock.ts'
import { loadConfig } from './config.ts'
import { openDatabase } from './db.ts'
import { type Demo, join } from './installation.ts'
import { openLog } from './log.ts'
import { supervise } from './supervisor.ts'

const config = loadConfig(process.env)
const command = process.argv[2]
const log = openLog({ process: command ?? '', level: 'warn' })

const demo: Demo = {
  async loadDemo({ ownerUrl, onProgress }) {
    onProgress('district', 1, 1)
    const client = new pg.Client({ connectionString: ownerUrl })
    client.on('error', () => {})
    await client.connect()
    await client.query(
      `insert into district (district_code, name, code_prefix) values ('131003', 'Guangyang', 'GY')`,
    )
    if (process.env['DIE_HALF_WAY'] !== undefined) process.kill(process.pid, 'SIGKILL')
    await client.end()
  },
  demoKey: () => 'demo-key',
  demoAccounts: () => [{ role: 'community_desk', login: 'desk', password: 'shown', name: 'One' }],
}

if (command === 'start') {
  const print = (line: string): void => void process.stdout.write(`${line}\n`)
  await supervise({
    config,
    clock: systemClock,
    log,
    main: import.meta.filename,
    demo: async () => demo,
    print,
  })
} else if (command === 'serve') {
  await runProcess(log, async () => {
    const database = openDatabase((await join(config)).urls.app, { max: 4 })
    const server = createServer((request, response) => {
      const answer = async (): Promise<string> => {
        if (request.url === '/slow') await sleep(1000)
        if (request.url === '/readyz') await database.pool.query('select 1')
        return String(process.pid)
      }
      response.setHeader('connection', 'close')
      answer().then(
        (text) => response.end(text),
        () => response.writeHead(503).end(),
      )
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(config.port, config.host, resolve)
    })
    return {
      url: `http://${config.host}:${config.port}`,
      async drain() {
        await new Promise((resolve) => server.close(resolve))
        await database.close()
      },
    }
  })
} else {
  await runProcess(log, async () => {
    await join(config)
    const timer = setInterval(() => {}, 1000)
    return { url: '', drain: async () => clearInterval(timer) }
  })
}
