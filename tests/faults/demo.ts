import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'
import { freshFolder, type Product, startProduct } from './product.ts'

/**
 * The product with the demonstration's data. Whoever asks first loads it and puts the folder by; all others start with a
 * copy, which takes a fifth of the time.
 */
export async function startDemo(environment: Record<string, string> = {}): Promise<Product> {
  const folder = freshFolder()
  execFileSync('cp', ['-a', `${await loaded()}/.`, folder])
  return startProduct(environment, folder)
}

/** The folder that was put by; several test files may ask for it at once, and one of them makes it. */
async function loaded(): Promise<string> {
  const folder = inject('demoFolder')
  const turn = `${folder}.turn`
  while (!existsSync(folder)) {
    try {
      mkdirSync(turn)
    } catch {
      await sleep(200)
      continue
    }
    try {
      const product = await startProduct()
      await product.stop()
      // The supervisor does not wait for a database that takes long to write everything down; a copy of it would be half of it.
      while (existsSync(`${product.dataDir}/postgres/postmaster.pid`)) await sleep(100)
      renameSync(product.dataDir, folder)
    } finally {
      rmdirSync(turn)
    }
  }
  return folder
}
