import { describe, expect, test } from 'vitest'
import { doorState, familyName } from './rules.ts'

describe('HB1 the colour of a door', () => {
  test.each([
    ['overdue', true, 'late'],
    ['due', true, 'soon'],
    ['seen', true, 'care'],
    ['seen', false, 'seen'],
    ['unknown', true, 'unknown'],
  ] as const)('%s, needing care: %s, is %s', (due, care, state) => {
    expect(doorState(due, care)).toBe(state)
  })
})

test.each([
  ['赵玉兰', '赵'],
  ['欧阳修', '欧阳'],
  ['欧阳', '欧'],
  ['', ''],
])('HB2 the family of %s is called %s', (name, family) => {
  expect(familyName(name)).toBe(family)
})
