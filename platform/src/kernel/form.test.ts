import { expect, test } from 'vitest'
import { readForm } from './form.ts'

const refusal = (text: string) => {
  try {
    return readForm(text)
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('a form is read as UTF-8, a name given twice as a list, brackets as a map of lists', () => {
  expect(
    readForm(
      'words=%E8%B7%AF%E7%81%AF+%F0%9F%8F%AE&empty=&a=1&a=2&attribute[x]=1&attribute%5Bx%5D=2&attribute[y][]=3',
    ),
  ).toEqual({
    words: '路灯 🏮',
    a: ['1', '2'],
    attribute: { x: ['1', '2'], y: ['3'] },
  })
})

test('what is no UTF-8 is refused instead of being changed on the way', () => {
  expect(refusal('words=%ff')).toBe('input.not_form')
  expect(refusal('words=%')).toBe('input.not_form')
  expect(refusal('words=%ED%A0%80')).toBe('input.not_form')
})

test('a form of a thousand fields is refused', () => {
  expect(refusal('a=b&'.repeat(1000))).toBe('input.too_large')
})

test('names of a form never reach what every object has', () => {
  const form = readForm('__proto__[polluted]=1&constructor[prototype]=2&__proto__=3')
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  expect(Object.getPrototypeOf(form)).toBeNull()
})
