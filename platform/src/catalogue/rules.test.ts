import { describe, expect, test } from 'vitest'
import { atOnceLimit, limitFor, parseLeads, parseLimitText } from './rules.ts'
import { defaultCategories } from './seed.ts'

describe('CA1 limits are read as the list words them', () => {
  test.each([
    ['4工作时', [['', 4, 'working_hours']]],
    ['2~4工作时', [['', 4, 'working_hours']]],
    ['24小时', [['', 24, 'calendar_hours']]],
    ['7日', [['', 7, 'calendar_days']]],
    ['当场~3工作日', [['', 3, 'working_days']]],
    ['停工4工作时、处罚7工作日、拆除20工作日', [['停工', 4, 'working_hours'], ['处罚', 7, 'working_days'], ['拆除', 20, 'working_days']]],
    ['2小时警示、24小时修复', [['警示', 2, 'calendar_hours'], ['修复', 24, 'calendar_hours']]],
    ['24小时核查、15日', [['核查', 24, 'calendar_hours'], ['', 15, 'calendar_days']]],
    ['2小时到场、3工作日', [['到场', 2, 'calendar_hours'], ['', 3, 'working_days']]],
    ['15日内告知是否受理', [['告知是否受理', 15, 'calendar_days']]],
    ['7日(审核按法定)', [['', 7, 'calendar_days']]],
    ['3工作日受理、15日', [['受理', 3, 'working_days'], ['', 15, 'calendar_days']]],
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
      expect(one.leads.every((lead) => lead.length > 1), one.code).toBe(true)
      expect(one.nameEn && one.groupEn, one.code).toBeTruthy()
    }
  })
})

test('CA2 what needs doing now is due within 24 hours, and sooner where the category says so', () => {
  expect(limitFor(parseLimitText('7日'), 'now')).toEqual(atOnceLimit)
  expect(limitFor(parseLimitText('2小时'), 'now')).toEqual({ unit: 'calendar_hours', amount: 2 })
  expect(limitFor(parseLimitText('4工作时'), 'now')).toEqual({ unit: 'working_hours', amount: 4 })
  expect(limitFor(parseLimitText('7日'), 'by_date')).toEqual({ unit: 'calendar_days', amount: 7 })
})

test('leads stand before the plus sign', () => {
  expect(parseLeads('住建局/城管局+水电气热企业')).toEqual(['住建局', '城管局'])
})
