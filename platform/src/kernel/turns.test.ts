import { expect, test } from 'vitest'
import { turns } from './turns.ts'

test('so many at once, the others in their order, also after one failed', async () => {
  const inTurn = turns(2)
  let running = 0
  let most = 0
  const ended: number[] = []
  const work = (n: number) =>
    inTurn(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      if (n === 1) throw new Error('one failed')
      ended.push(n)
    }).catch(() => undefined)
  await Promise.all([0, 1, 2, 3, 4, 5].map(work))
  expect(most).toBe(2)
  expect(ended).toEqual([0, 2, 3, 4, 5])
})
