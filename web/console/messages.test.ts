import { expect, test } from 'vitest'
import { permissions } from '#access/permissions.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }

test.each([
  ['Chinese', zh],
  ['English', en],
])('the audit page has a word for everything that can be done, in %s', (_, words) => {
  const named = Object.keys(words.audit.actions)
  expect(named).toEqual(
    expect.arrayContaining(Object.keys(permissions).map((ability) => ability.replaceAll('.', '_'))),
  )
})
