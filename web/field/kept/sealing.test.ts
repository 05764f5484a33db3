import { expect, test } from 'vitest'
import { halfOf, isGuessable, makeKey, open, openKey, seal } from './sealing.ts'

const half = (letter: string) => halfOf(btoa(letter.repeat(32)))
const code = 'men-dong-602'

test('FP1 the code opens what was sealed; another code, or another half of the server, does not', async () => {
  const server = await half('a')
  const { key, kept } = await makeKey(code, server)
  const box = await seal(key, 'household/1', { name: '韩桂珍' })
  const again = await openKey(code, server, kept)
  expect(again && (await open(again, 'household/1', box))).toEqual({ name: '韩桂珍' })
  expect(await openKey(`${code}!`, server, kept)).toBeUndefined()
  expect(await openKey(code, await half('b'), kept)).toBeUndefined()
})

test('FP1 a box opens only in its own place, and not when a single bit of it was changed', async () => {
  const { key } = await makeKey(code, await half('a'))
  const box = await seal(key, 'household/1', { name: '韩桂珍' })
  await expect(open(key, 'household/2', box)).rejects.toThrow()
  const last = box.length - 1
  box[last] = (box[last] ?? 0) ^ 1
  await expect(open(key, 'household/1', box)).rejects.toThrow()
})

test('FP1 the same words sealed twice look different, and the data key cannot be read out', async () => {
  const { key } = await makeKey(code, await half('a'))
  expect(await seal(key, 'p', 'x')).not.toEqual(await seal(key, 'p', 'x'))
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
})

test('FP2 codes that are tried first are not taken: runs, one character, birthdays, one’s own name or number', () => {
  const others = ['mengqinglan', '10044121234']
  for (const bad of [
    '12345678',
    '88888888',
    '19850312',
    '12121212',
    'qwertyui',
    'mengqinglan',
    'x10044121234',
  ])
    expect(isGuessable(bad, others), bad).toBe(true)
  for (const good of [code, '楼道灯亮了602', 'k7-pear-lamp'])
    expect(isGuessable(good, others), good).toBe(false)
})
