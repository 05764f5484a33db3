import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { temporaryKeys } from '#kernel/keys.ts'
import { migrate } from '#kernel/migrate.ts'
import { startPostgres } from '#kernel/postgres.ts'
import { freshRolePasswords } from '#kernel/roles.ts'
import type { TestCluster } from './database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster
    /** where the first walk that needs it puts the demonstration by, see `faults/demo.ts` */
    demoFolder: string
  }
}

/**
 * One PostgreSQL for the whole run, made fresh in a temporary folder or named by TEST_DATABASE_URL, and in it one
 * migrated template database, of which every test file gets copies.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env['TEST_DATABASE_URL']
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-test-'))
  const demoFolder = `${folder}-demo`
  const embedded = own === undefined ? await startPostgres({ dataDir: folder, durable: false }) : undefined
  const serverUrl = embedded?.url ?? own ?? ''
  const template = `chuanmen_template_${process.pid}`
  const tearDown = async (): Promise<void> => {
    if (embedded === undefined) await statement(serverUrl, `drop database if exists ${template} with (force)`)
    await embedded?.stop()
    for (const made of [folder, demoFolder]) rmSync(made, { recursive: true, force: true })
  }
  try {
    const templateUrl = Object.assign(new URL(serverUrl), { pathname: `/${template}` }).href
    await statement(serverUrl, `create database ${template} template template0 encoding 'UTF8'`)
    const passwords = freshRolePasswords()
    await migrate({ ownerUrl: templateUrl, passwords, keys: temporaryKeys() })
    project.provide('demoFolder', demoFolder)
    project.provide('cluster', { serverUrl, template, passwords })
  } catch (error) {
    await tearDown()
    throw error
  }
  return tearDown
}

async function statement(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
