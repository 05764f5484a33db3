import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { grams } from '#text/grams.ts'
import { excerptOf, holds, rangesOf } from './highlight.ts'
import { gramsOf, lexemesOf, quoted } from './lexemes.ts'
import type { Document } from './lexemes.ts'
import { scoreOf } from './rank.ts'
import { termsOf } from './terms.ts'

/** What the pure parts promise; tests/search.test.ts asks the same of the database. */

const signs = [...'路灯不亮漏水电梯门口老人上下楼看不见小区三号和平物业井盖坏了']
const text = fc.string({ unit: fc.constantFrom(...signs, '，', ' ', 'L', '3'), minLength: 4, maxLength: 60 })

describe('SE1 recall', () => {
  test('SE1 every two neighbouring characters of a text find it, and so does every longer piece', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 2, max: 9 }), (said, from, length) => {
        const runs = said.match(/\p{Script=Han}{2,}/gu) ?? []
        fc.pre(runs.length > 0)
        const run = runs[from % runs.length]!
        const start = from % (run.length - 1)
        const sought = run.slice(start, start + length)
        fc.pre(sought.length > 1)
        const held = new Set(gramsOf([{ text: said }]))
        const [term] = termsOf(sought)
        expect(term!.grams.length).toBeGreaterThan(0)
        for (const gram of term!.grams) expect(held).toContain(gram)
      }),
    )
  })

  test('SE1 one character is too short; letters and digits count as a whole', () => {
    expect(termsOf('灯')[0]!.grams).toEqual([])
    expect(termsOf('ＬＥＤ 12')).toMatchObject([{ grams: ['led'] }, { grams: ['12'] }])
  })

  test('SE1 words of a longer phrase may stand apart', () => {
    const [term] = termsOf('小区路灯不亮')
    const held = new Set(grams('路灯在小区门口，三天不亮'))
    expect(term!.grams.every((gram) => held.has(gram))).toBe(true)
  })

  test('SE1 signs of a query language are separators and nothing else', () => {
    for (const { grams: asked } of termsOf("路灯' | !('a':*) & \\ <-> 不亮"))
      for (const gram of asked) expect(gram).toMatch(/^[\p{Letter}\p{Number}]+$/u)
    expect(quoted("a'b\\c")).toBe("'a''b\\\\c'")
  })
})

describe('SE2 what narrows', () => {
  const document: Document = {
    request: '0198f3c0-0000-7000-8000-000000000001',
    code: 'GY-2611-004217',
    path: '131003/131003001/131003001001/',
    at: '2026-11-19T17:00:00.000Z',
    channel: 'visit',
    texts: [{ text: '路灯' }, { text: '王家', guarded: true }],
    state: 'open',
    category: 'B03',
    parties: ['org'],
    people: ['someone'],
    reporter: ['n:digest'],
  }

  test('SE2 area, day in Shanghai, state, category, organisation, person', () => {
    expect(lexemesOf(document)).toEqual(
      expect.arrayContaining([
        '路灯',
        '004217',
        '4217',
        'a:131003001',
        'a:131003001001',
        'd:131003@2026-11-20',
        'm:131003@2026-11',
        's:open',
        'c:B03',
        'g:B',
        'w:visit',
        'p:org',
        'h:someone',
        'n:digest',
      ]),
    )
  })

  test('SE3 guarded text stands behind a mark, and no text is ever taken for a mark', () => {
    const lexemes = lexemesOf(document)
    expect(lexemes).toContain('!王家')
    expect(lexemes).not.toContain('王家')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        for (const gram of gramsOf([{ text: any }])) expect(gram).not.toMatch(/^.:|^!/)
      }),
    )
  })
})

describe('SE5 rank', () => {
  const now = Date.parse('2026-11-20T00:00:00Z')
  const score = (title: string, words: string, at = '2026-11-19T00:00:00Z') =>
    scoreOf({ title, words, place: '', at }, termsOf('路灯不亮'), now)

  test('SE5 the phrase before its words, the title before the text, the new before the old', () => {
    const order = [
      score('路灯不亮', '路灯不亮'),
      score('楼下太黑', '三号楼路灯不亮'),
      score('楼下太黑', '路灯三天了还是不亮'),
      score('楼下太黑', '路灯三天了还是不亮', '2025-01-01T00:00:00Z'),
    ]
    expect(order).toEqual(order.toSorted((a, b) => b - a))
    expect(new Set(order).size).toBe(order.length)
  })
})

describe('SE6 highlight', () => {
  const marked = (said: string, sought: string) =>
    rangesOf(said, termsOf(sought)).map(([from, to]) => said.slice(from, to))

  test('SE6 the phrase where it stands, else its words; width and case do not matter', () => {
    expect(marked('三号楼路灯不亮，路灯', '路灯不亮')).toEqual(['路灯不亮'])
    expect(marked('路灯又不亮', '路灯不亮')).toEqual(['路灯', '不亮'])
    expect(marked('ＬＥＤ灯和led', 'Led')).toEqual(['ＬＥＤ', 'led'])
    expect(marked('80㎡的房子', 'm2')).toEqual(['㎡'])
    expect(marked('🏠🏠路灯', '路灯')).toEqual(['路灯'])
  })

  test('SE6 ranges are in order, apart, inside the text, and cover what was sought', () => {
    fc.assert(
      fc.property(text, text, (said, sought) => {
        let end = -1
        for (const [from, to] of rangesOf(said, termsOf(sought))) {
          expect(from).toBeGreaterThan(end)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(said.length)
          end = to
        }
        for (const term of termsOf(sought)) if (holds(said, term)) expect(end).toBeGreaterThan(0)
      }),
    )
  })

  test('SE6 an excerpt shows the first place, cut at neither half of a sign', () => {
    const said = `${'🏠'.repeat(40)}路灯不亮${'，还是老样子'.repeat(40)}`
    const { text: piece, ranges } = excerptOf(said, termsOf('路灯不亮'))
    expect(ranges.map(([from, to]) => piece.slice(from, to))).toEqual(['路灯不亮'])
    expect(piece.isWellFormed()).toBe(true)
    expect(piece.length).toBeLessThan(130)
    expect([piece.at(0), piece.at(-1)]).toEqual(['…', '…'])
  })
})
