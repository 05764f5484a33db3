import { expect, test } from 'vitest'
import { maskName, maskPhone } from './mask.ts'

test('a closed name shows the family name, or the first letter; a closed phone its ends', () => {
  expect(maskName('钱素珍')).toBe('钱**')
  expect(maskName('𠮷田')).toBe('𠮷**')
  expect(maskName('Qian Suzhen')).toBe('Q**')
  expect(maskPhone('10051736620')).toBe('100 **** ***0')
})
