import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { blindIndex, keyFile, loadKeys, open, seal, temporaryKeys } from './keys.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'chuanmen-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('the key file is made once, for its owner only', () => {
  expect(loadKeys(folder, { create: false })).toBeUndefined()
  const keys = loadKeys(folder, { create: true })
  expect(loadKeys(folder, { create: true })).toEqual(keys)
  expect(statSync(keyFile(folder)).mode & 0o777).toBe(0o600)
  expect(statSync(path.dirname(keyFile(folder))).mode & 0o777).toBe(0o700)
})

test('a damaged key file is refused and left as it is', () => {
  loadKeys(folder, { create: true })
  for (const content of [
    '{',
    '{"version":1}',
    readFileSync(keyFile(folder), 'utf8').replace(/"index": ".{8}/, '"index": "'),
  ]) {
    writeFileSync(keyFile(folder), content)
    expect(() => loadKeys(folder, { create: true })).toThrow(/key file/)
    expect(readFileSync(keyFile(folder), 'utf8')).toBe(content)
  }
})

test('what is sealed opens again, under its own context only', () => {
  const keys = temporaryKeys()
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plaintext, context) => {
      const sealed = seal(keys, plaintext, context)
      expect(open(keys, sealed, context)).toBe(plaintext)
      expect(() => open(keys, sealed, `${context}x`)).toThrow()
    }),
  )
})

test('a changed byte anywhere does not open', () => {
  const keys = temporaryKeys()
  const sealed = seal(keys, '10012345678', 'reporter.phone')
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index)
    expect(() => open(keys, changed, 'reporter.phone')).toThrow()
  }
  expect(() => open(keys, sealed.subarray(0, 20), 'reporter.phone')).toThrow(/too short/)
})

test('the same value is sealed differently every time', () => {
  const keys = temporaryKeys()
  expect(seal(keys, 'x', 'c').equals(seal(keys, 'x', 'c'))).toBe(false)
})

test('after a new field key, values under the old one still open', () => {
  const keys = temporaryKeys()
  const old = seal(keys, 'x', 'c')
  const rotated = {
    ...keys,
    field: { current: 2, byNumber: new Map([...keys.field.byNumber, [2, Buffer.alloc(32, 7)]]) },
  }
  expect(open(rotated, old, 'c')).toBe('x')
  expect(open(rotated, seal(rotated, 'y', 'c'), 'c')).toBe('y')
  expect(() => open(keys, seal(rotated, 'y', 'c'), 'c')).toThrow(/field key number 2/)
})

test('a blind index is equal for equal values of one kind and one key file', () => {
  const keys = temporaryKeys()
  expect(blindIndex(keys, 'phone', '10012345678')).toBe(blindIndex(keys, 'phone', '10012345678'))
  expect(blindIndex(keys, 'phone', '10012345678')).not.toBe(blindIndex(keys, 'identity', '10012345678'))
  expect(blindIndex(keys, 'phone', '10012345678')).not.toBe(
    blindIndex(temporaryKeys(), 'phone', '10012345678'),
  )
})
