import { describe, expect, test } from 'vitest'
import { buildCalendar } from '#deadlines/calendar.ts'
import { earliestTerm } from '#deadlines/rules.ts'
import english from './data/names-en.json' with { type: 'json' }
import {
  atOnceLimit,
  defaultLimit,
  limitsFor,
  parseDepartments,
  parseLimitText,
  translateSteps,
} from './rules.ts'
import { defaultCategories } from './seed.ts'

describe('CA1 limits are read as the list words them', () => {
  test.each([
    ['4工作时', [['', 4, 'working_hours']]],
    ['2~4工作时', [['', 4, 'working_hours']]],
    ['24小时', [['', 24, 'calendar_hours']]],
    ['7日', [['', 7, 'calendar_days']]],
    ['当场~3工作日', [['', 3, 'working_days']]],
    [
      '停工4工作时、处罚7工作日、拆除20工作日',
      [
        ['停工', 4, 'working_hours'],
        ['处罚', 7, 'working_days'],
        ['拆除', 20, 'working_days'],
      ],
    ],
    [
      '2小时警示、24小时修复',
      [
        ['警示', 2, 'calendar_hours'],
        ['修复', 24, 'calendar_hours'],
      ],
    ],
    [
      '24小时核查、15日',
      [
        ['核查', 24, 'calendar_hours'],
        ['', 15, 'calendar_days'],
      ],
    ],
    [
      '2小时到场、3工作日',
      [
        ['到场', 2, 'calendar_hours'],
        ['', 3, 'working_days'],
      ],
    ],
    ['15日内告知是否受理', [['告知是否受理', 15, 'calendar_days']]],
    ['7日(审核按法定)', [['', 7, 'calendar_days']]],
    [
      '3工作日受理、15日',
      [
        ['受理', 3, 'working_days'],
        ['', 15, 'calendar_days'],
      ],
    ],
  ])('%s', (text, steps) => {
    expect(parseLimitText(text)).toEqual(steps.map(([name, amount, unit]) => ({ name, amount, unit })))
  })

  test('what is no limit is an error', () => {
    for (const text of ['', '尽快', '3', '日']) expect(() => parseLimitText(text)).toThrow(/not a limit/)
  })

  test('all 66 categories in 10 groups have a limit, leads and both names', () => {
    const all = defaultCategories()
    expect(all).toHaveLength(66)
    expect(new Set(all.map(({ groupZh }) => groupZh)).size).toBe(10)
    for (const one of all) {
      expect(one.steps.length, one.code).toBeGreaterThan(0)
      expect(
        one.leads.every((lead) => lead.length > 1),
        one.code,
      ).toBe(true)
      expect(one.nameEn && one.groupEn, one.code).toBeTruthy()
    }
  })
})

test('CA1 a step that only says when somebody comes is the limit where it stands alone', () => {
  expect(parseLimitText('24小时到场')).toEqual([{ name: '到场', unit: 'calendar_hours', amount: 24 }])
  expect(parseLimitText('24小时先行')).toEqual([{ name: '先行', unit: 'calendar_hours', amount: 24 }])
})

test('CA2 what needs doing now is bound by 24 hours too; other urgencies by the category', () => {
  const [weekLong] = parseLimitText('7日').map(({ unit, amount }) => ({ unit, amount }))
  expect(limitsFor(parseLimitText('7日'), 'now')).toEqual([weekLong, atOnceLimit])
  expect(limitsFor(parseLimitText('2小时警示、24小时修复'), 'by_date')).toEqual([
    { unit: 'calendar_hours', amount: 24 },
  ])
  expect(limitsFor(parseLimitText('7日'), 'explain')).toEqual([weekLong])
})

test('CA2 four working hours that reach past a weekend do not make "now" wait for it', () => {
  const friday = '2026-11-20T09:00:00.000Z'
  const limits = limitsFor(parseLimitText('4工作时'), 'now')
  expect(earliestTerm(friday, limits, buildCalendar()).dueAt).toBe('2026-11-21T09:00:00.000Z')
})

test('CA3 without a category', () => {
  expect(limitsFor([], null)).toEqual([defaultLimit])
  expect(limitsFor([], 'now')).toEqual([defaultLimit, atOnceLimit])
})

test('CA4 leads stand before the plus sign, helpers after it', () => {
  expect(parseDepartments('住建局/城管局+水电气热企业')).toEqual({
    leads: ['住建局', '城管局'],
    helpers: ['水电气热企业'],
  })
  expect(parseDepartments('住建局+街道+物业')).toEqual({ leads: ['住建局'], helpers: ['街道', '物业'] })
  expect(parseDepartments('城管局')).toEqual({ leads: ['城管局'], helpers: [] })
})

test('CA5 every step of the list has an English name, and each its own', () => {
  const names = new Map(Object.entries(english.steps))
  const said = new Set(
    defaultCategories()
      .flatMap(({ steps }) => steps.map(({ name }) => name))
      .filter(Boolean),
  )
  expect([...said].filter((name) => !names.has(name))).toEqual([])
  expect(new Set(names.values()).size).toBe(names.size)
  expect(translateSteps(parseLimitText('2小时警示、24小时修复'), names).map(({ name }) => name)).toEqual([
    'warning signs',
    'repaired',
  ])
})
