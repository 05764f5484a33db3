import { expect, test } from 'vitest'
import { marksIn } from './marks.ts'

test('RQ13 neighbouring common pairs are marked as one, the rest stays as it is', () => {
  expect(marksIn('井盖往外冒脏水，味儿大', ['井盖', '冒脏', '脏水'])).toEqual([
    { text: '井盖', common: true },
    { text: '往外', common: false },
    { text: '冒脏水', common: true },
    { text: '，味儿大', common: false },
  ])
})

test('RQ13 a text without anything in common is not marked', () => {
  expect(marksIn('路灯不亮', [])).toEqual([{ text: '路灯不亮', common: false }])
})
