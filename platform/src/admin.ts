import { writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { AdminAction } from '#kernel/admin.ts'
import { systemClock } from '#kernel/clock.ts'
import type { Config } from '#kernel/config.ts'
import { holderOf } from '#kernel/data-lock.ts'
import { openDatabase } from '#kernel/db.ts'
import { localFiles } from '#kernel/files.ts'
import { demoState, eraseAll, fillWithDemo, isEmpty, prepare, withOwner } from '#kernel/installation.ts'
import { temporaryKeys } from '#kernel/keys.ts'
import { migrate } from '#kernel/migrate.ts'
import { loadRolePasswords } from '#kernel/roles.ts'
import { dumpSchema } from '#kernel/schema.ts'
import { accountTable, progress } from '#kernel/supervisor.ts'

type Command = {
  words: string
  what: string
  action?: () => Promise<AdminAction>
  /** Instead of `action`: works on files alone and needs no database. */
  alone?: () => Promise<(words: readonly string[]) => number>
}

/** `npm run -s admin -- help` prints this table. Each command loads its code only when it is called. */
const commands: readonly Command[] = [
  {
    words: 'migrate',
    what: 'bring the database to the shape this program needs',
    action: async () => migrated,
  },
  {
    words: 'demo',
    what: 'subdistrict | district | none [--replace]: fill an empty database with the demo district',
    action: async () => demo,
  },
  {
    words: 'person add',
    what: 'add a person with a post and a login',
    action: async () => (await import('#people/admin.ts')).addPerson,
  },
  {
    words: 'areas import',
    what: 'FILE: read administrative divisions from a CSV file; each new district gets its desks and the categories',
    // Without categories nothing could be taken up: an imported district starts with those the product comes with.
    action: async () =>
      (await import('#org/admin.ts')).importAreas((await import('#catalogue/seed.ts')).seedCatalogue),
  },
  {
    words: 'areas below',
    what: 'FILE: grids, groups, compounds below communities and villages, kind,code,name,parent_code,grid_kind',
    action: async () => (await import('#org/below-admin.ts')).importBelow,
  },
  {
    words: 'areas parts',
    what: 'FILE: which buildings and stairwells make up a grid, and since when, part_code,grid_code,from',
    action: async () => (await import('#org/below-admin.ts')).importParts,
  },
  {
    words: 'grids check',
    what: 'look for households that are not in exactly one residential grid',
    action: async () => (await import('#households/admin.ts')).checkAllGrids,
  },
  {
    words: 'audit verify',
    what: 'look for any changed, removed or reordered audit entry',
    action: async () => audit,
  },
  {
    words: 'requests verify',
    what: 'follow the hash chain of every story; erased texts do not break it',
    action: async () => (await import('#requests/admin.ts')).verifyStories,
  },
  {
    words: 'erasure compact',
    what: 'write the tables that erasing touched anew; locks each meanwhile (docs/ERASURE.md)',
    action: async () => (await import('#requests/admin.ts')).compactTables,
  },
  {
    words: 'open311 key',
    what: 'add --name NAME | list | end ID: keys of programs that send requests (docs/OPEN311.md)',
    action: async () => (await import('#open311/admin.ts')).clientKeys,
  },
  {
    words: 'suggest train',
    what: 'learn category and urgency anew from the accepted requests of every district',
    action: async () => (await import('#suggest/admin.ts')).trainNow,
  },
  {
    words: 'dispatch report',
    what: 'how often the routing was right over a year, how many were sent back twice, what waits now',
    action: async () => (await import('#dispatch/admin.ts')).report,
  },
  {
    words: 'liaison solve',
    what: 'PROBLEM.json PLAN.json: households to people, proven the best plan; needs no database',
    alone: async () => (await import('#liaison/solve-file.ts')).solveFile,
  },
  { words: 'schema', what: 'write platform/migrations/schema.sql from the migrations' },
]

/** Runs one administration command and gives its exit code. */
export async function admin(config: Config, given: readonly string[]): Promise<number> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`)
  const line = given.join(' ')
  const command = commands.find(({ words }) => line === words || line.startsWith(`${words} `))
  if (command === undefined) {
    print(help())
    return line === '' || line === 'help' ? 0 : 2
  }
  if (command.alone !== undefined)
    return (await command.alone())(given.slice(command.words.split(' ').length))
  // Needs the server only, so that it works while a migration is being written.
  if (command.action === undefined)
    return withOwner(config, (ownerUrl) => writeSchema(config, ownerUrl, print))
  const action = await command.action()
  return withOwner(config, async (ownerUrl) => {
    const { urls, keys } = await prepare(config, ownerUrl)
    const database = openDatabase(urls.app, { max: 4 })
    try {
      const words = given.slice(command.words.split(' ').length)
      return await action({ words, config, ownerUrl, database, keys, clock: systemClock, print })
    } finally {
      await database.close()
    }
  })
}

function help(): string {
  const width = Math.max(...commands.map(({ words }) => words.length))
  const rows = commands.map(({ words, what }) => `  ${words.padEnd(width)}  ${what}`)
  return ['npm run -s admin -- COMMAND', '', ...rows, `  ${'help'.padEnd(width)}  this table`].join('\n')
}

const migrated: AdminAction = async ({ print }) => {
  // Done already: every command gets a migrated database.
  print('The database has the shape this program needs.')
  return 0
}

const demo: AdminAction = async ({ words, config, ownerUrl, clock, print }) => {
  const [size = 'subdistrict', flag] = words
  if (
    (size !== 'subdistrict' && size !== 'district' && size !== 'none') ||
    (flag !== undefined && flag !== '--replace')
  ) {
    print('demo subdistrict | district | none [--replace]')
    return 2
  }
  if (config.mode === 'production') {
    print('CHUANMEN_MODE is "production", which holds no demo accounts.')
    return 1
  }
  if (flag === '--replace') {
    const holder = await holderOf(config.dataDir)
    if (config.databaseUrl !== undefined || holder !== undefined) {
      print(
        holder === undefined
          ? 'Only the embedded database is replaced; empty your own yourself.'
          : `Stop ${holder} first.`,
      )
      return 1
    }
    if ((await demoState(ownerUrl)) === undefined && !(await isEmpty(ownerUrl))) {
      print('This database holds data that are not demo data. Nothing was done.')
      return 1
    }
    await eraseAll(ownerUrl)
  }
  const { keys } = await prepare(config, ownerUrl)
  if (size === 'none') {
    print('No demo data.')
    return 0
  }
  if (!(await isEmpty(ownerUrl))) {
    print('The database is not empty. To make a demo district anew add --replace.')
    return 1
  }
  const source = await import('#demo/load.ts')
  await fillWithDemo(source, {
    ownerUrl,
    keys,
    size,
    now: clock.now(),
    files: localFiles(config.dataDir),
    onProgress: progress(print),
  })
  print(accountTable(source))
  return 0
}

const audit: AdminAction = async ({ config, ownerUrl, keys, print }) => {
  const { verifyAudit } = await import('#audit/verify.ts')
  const { ok, entries, findings } = await verifyAudit({ ownerUrl, dataDir: config.dataDir, keys })
  for (const finding of findings) print(finding)
  print(
    ok
      ? `${entries} entries, none changed, removed or reordered`
      : `${entries} entries, ${findings.length} findings`,
  )
  return ok ? 0 : 1
}

/** From a fresh database beside the installation's, so that nothing but the migrations can be in it. */
async function writeSchema(config: Config, ownerUrl: string, print: (line: string) => void): Promise<number> {
  const name = `chuanmen_schema_${process.pid}`
  const url = Object.assign(new URL(ownerUrl), { pathname: `/${name}` }).href
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`create database ${name} template template0 encoding 'UTF8'`)
    // The roles belong to the whole server: other passwords here would lock out the running installation.
    await migrate({ ownerUrl: url, passwords: loadRolePasswords(config.dataDir), keys: temporaryKeys() })
    const file = path.resolve(import.meta.dirname, '../migrations/schema.sql')
    writeFileSync(file, await dumpSchema(url))
    print(`Written: ${path.relative(process.cwd(), file)}`)
  } finally {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.end()
  }
  return 0
}
