import { expect, test } from 'vitest'
import { permissions } from '#access/permissions.ts'
import { entries } from '#requests/lifecycle.ts'
import type { EntryKind } from '#requests/lifecycle.ts'
import mailEn from '#notify/messages/mail.en.json' with { type: 'json' }
import mailZh from '#notify/messages/mail.zh-CN.json' with { type: 'json' }
import newsEn from '#notify/messages/en.json' with { type: 'json' }
import newsZh from '#notify/messages/zh-CN.json' with { type: 'json' }
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { beside } from './pages/inbox/beside.ts'

test.each([
  ['Chinese', zh],
  ['English', en],
])('the audit page has a word for everything that can be done, in %s', (_, words) => {
  const named = Object.keys(words.audit.actions)
  expect(named).toEqual(
    expect.arrayContaining(Object.keys(permissions).map((ability) => ability.replaceAll('.', '_'))),
  )
})

test.each([
  ['Chinese', zh, newsZh, mailZh],
  ['English', en, newsEn, mailEn],
])(
  'the wording page has a name and an example for every gap in every message, in %s',
  (_, words, news, mail) => {
    for (const [template, told] of Object.entries(news)) {
      const [about = '', what = ''] = template.split('.')
      if (about !== 'request') expect(words.news, template).toHaveProperty([about, what])
      for (const text of Object.values(told))
        for (const [, gap = ''] of text.matchAll(/\{(\w+)\}/g)) {
          expect(words.value, template).toHaveProperty(gap)
          expect(mail.example, template).toHaveProperty(gap)
        }
    }
  },
)

test.each([
  ['Chinese', zh],
  ['English', en],
])('whatever happened last, the inbox says how it came to be whose turn it is, in %s', (_, words) => {
  const kinds = Object.keys(entries) as EntryKind[]
  expect(Object.keys(words.since).toSorted()).toEqual(kinds.filter((kind) => !beside.has(kind)).toSorted())
})

test('what stands beside moves nothing: a request goes on as it stood', () => {
  for (const kind of beside) expect(entries[kind].to, kind).toBe('same')
})
