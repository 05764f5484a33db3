import i18next from 'i18next'
import { expect, test } from 'vitest'
import requestsZh from '#requests/messages/zh-CN.json' with { type: 'json' }
import { entryKinds } from '#requests/lifecycle.ts'
import type { EntryView } from '#web/api/requests.ts'
import ui from '#web/ui/messages/zh-CN.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import { sentence, standing } from './story.ts'

const words = i18next.createInstance()
await words.init({
  lng: 'zh-CN',
  ns: ['phone', 'requests'],
  defaultNS: 'phone',
  resources: { 'zh-CN': { phone: zh, requests: requestsZh, ui } },
  interpolation: { escapeValue: false },
})
const t = words.t

function entry(change: Partial<EntryView>): EntryView {
  return {
    id: '0190a000-0000-7000-8000-000000000001',
    seq: 1,
    kind: 'note',
    at: '2026-11-20T04:20:00.000Z',
    channel: 'phone_page',
    by: { kind: 'staff', person: '何晓敏', organisation: '金桥社区服务台' },
    visible: true,
    words: null,
    data: {},
    names: { h: '和顺物业', p: '蔺守成', a: '银河北路街道' },
    attachments: [],
    ...change,
  }
}

test('a hand-over names who gave it and who has it', () => {
  expect(
    sentence(t, entry({ kind: 'assign', data: { holder: { organisation: 'h', person: 'p' } } }), '').says,
  ).toBe('金桥社区服务台交给和顺物业蔺守成')
})

test('what the reader said is told to the reader as theirs, in their own words', () => {
  const mine = entry({
    kind: 'submit',
    by: { kind: 'reporter', person: null, organisation: null },
    words: '下雨就漏。',
  })
  expect(sentence(t, mine, '')).toEqual({ says: '您说', words: '下雨就漏。' })
})

test('a name with markup in it stays a name', () => {
  const odd = entry({ kind: 'take', by: { kind: 'staff', person: null, organisation: '<b>&{holder}' } })
  expect(sentence(t, odd, '').says).toContain('<b>&')
})

test('every kind of entry has a whole sentence, whoever made it', () => {
  const data = {
    holder: { organisation: 'h' },
    outcome: 'satisfied',
    grounds: 'silence',
    share: 'half',
    basis: 'facts_wrong',
    satisfaction: 'fair',
    instead: '12345',
    above: 'a',
    demand: '今天答复',
    what: 'suspend',
    agree: true,
    until: '2026-12-03T09:30:00.000Z',
    term: { dueAt: '2026-12-08T09:30:00.000Z' },
    approved: { organisation: 'a', person: 'p' },
  }
  for (const kind of entryKinds) {
    const reason = kind === 'decline' ? 'outside_district' : 'season'
    for (const by of ['reporter', 'staff', 'system'] as const) {
      const { says } = sentence(
        t,
        entry({ kind, data: { ...data, reason }, by: { kind: by, person: null, organisation: null } }),
        '房屋漏水',
      )
      expect(says).not.toMatch(/[{}]|(story|ground|reason)\./)
    }
  }
})

test('RQ4 a due time that was moved says why, until when, and who agreed', () => {
  const data = {
    reason: 'material_missing',
    term: { dueAt: '2026-12-08T09:30:00.000Z' },
    approved: { organisation: 'a', person: 'p' },
  }
  expect(sentence(t, entry({ kind: 'extend', data }), '').says).toBe(
    '延期到12月8日 周二，材料配件还没到，银河北路街道蔺守成同意的',
  )
})

test('RQ7 silence is shown as silence, not as satisfaction', () => {
  expect(
    standing(t, { state: 'closed', holder: null, satisfaction: 'silent', lastEntry: { kind: 'close' } }),
  ).toBe('先结了，没听到您的话')
})

test('who only said that it is solved is not quoted as satisfied', () => {
  const solved = { state: 'closed', holder: null, satisfaction: 'satisfied' } as const
  expect(standing(t, { ...solved, lastEntry: { kind: 'confirm' } })).toBe('办结了，您说解决了')
  expect(standing(t, { ...solved, lastEntry: { kind: 'rate' } })).toBe('办结了，您说满意')
})
