import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { lockDataFolder } from './data-lock.ts'
import { requireFreePort } from './free-port.ts'

test('a port that another program has is named before anything starts; a free one and 0 are fine', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  await expect(requireFreePort(port, '127.0.0.1')).rejects.toThrow(
    `The port ${port} is in use by another program`,
  )
  await new Promise((resolve) => other.close(resolve))
  await expect(requireFreePort(port, '127.0.0.1')).resolves.toBeUndefined()
  await expect(requireFreePort(0, '127.0.0.1')).resolves.toBeUndefined()
})

test('a data folder that is a file is said in one sentence', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-folder-'))
  const file = path.join(folder, 'file')
  writeFileSync(file, '')
  await expect(lockDataFolder(file)).rejects.toThrow(`The data folder ${file} cannot be used (EEXIST)`)
  rmSync(folder, { recursive: true })
})
