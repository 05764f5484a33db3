import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { doorsIn, likeliest, likenessOf, meaningsOf, sameFrom } from './alike.ts'
import { saidOf } from './candidates.ts'

/** RQ13: what speaks for "the same", and what against it. How well it does stands in `npm run bench -- duplicates`. */

const unit = '131003/131003001/131003001001/131003001001001/131003001001001001/13100300100100100101/'
const elsewhere = '131003/131003001/131003001001/131003001001002/131003001001002001/13100300100100200101/'
const road = '131003/131003001/131003001001/'
const base = { path: unit, place: '', lon: null, lat: null, category: 'B03', at: '2026-11-20T02:00:00.000Z' }
const well = saidOf({ ...base, words: '单元门口的井盖往外冒脏水，味儿大' })
const again = { ...base, words: '门口下水井又冒污水了，臭得走不了人', at: '2026-11-21T02:00:00.000Z' }
const score = (other: Partial<typeof again>) => likenessOf(well, saidOf({ ...again, ...other })).score

describe('RQ13 two people speak of the same', () => {
  test('in other words, at the same place, a day later', () => expect(score({})).toBeGreaterThan(0.9))

  test.each([
    ['another matter at the same place', { words: '广场舞的音响太响，睡不着觉', category: 'E01' }],
    ['the same matter in another compound', { path: elsewhere }],
  ])('not when it is %s', (_, other) => expect(score(other)).toBeLessThan(sameFrom))

  test.each([
    ['farther away', { path: elsewhere }],
    ['later', { at: '2026-12-20T02:00:00.000Z' }],
    ['of another kind', { category: 'E01' }],
    ['of another building by its number', { words: `${again.words}，2单元` }],
  ])('less when it is %s', (_, other) => {
    const named = saidOf({ ...base, words: '1单元门口的井盖往外冒脏水，味儿大' })
    const at = (more: Partial<typeof again>) => likenessOf(named, saidOf({ ...again, ...more })).score
    expect(at(other)).toBeLessThan(at({}))
  })

  test('a road goes by its name, not by its community', () => {
    const hole = { ...base, path: road, words: '路上有个大坑', category: null }
    const one = saidOf({ ...hole, place: '和平路中段' })
    const same = likenessOf(one, saidOf({ ...hole, place: '和平路公交站旁' })).score
    expect(likenessOf(one, saidOf({ ...hole, place: '广阳道南侧' })).score).toBeLessThan(same)
  })

  test('likeness is the same from either side, and what is shown is sorted and above the line', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'井盖冒水路灯不亮门口楼道臭'),
      minLength: 2,
      maxLength: 20,
    })
    fc.assert(
      fc.property(text, text, fc.constantFrom(unit, elsewhere, road), (a, b, path) => {
        const [one, other] = [saidOf({ ...base, words: a }), saidOf({ ...again, words: b, path })]
        expect(likenessOf(one, other).score).toBeCloseTo(likenessOf(other, one).score, 10)
        const scores = likeliest(one, [other, well, one], 2).map(({ likeness }) => likeness.score)
        expect(scores.length).toBeLessThanOrEqual(2)
        expect(scores).toEqual(scores.toSorted((x, y) => y - x))
        for (const each of scores) expect(each).toBeGreaterThanOrEqual(sameFrom)
      }),
      { numRuns: 200 },
    )
  })
})

test('words of one meaning count as one, filler and numbers not at all', () => {
  expect(meaningsOf(['臭味', '味儿', '我们', '3'])).toEqual(new Set(['臭']))
})

test('doors are read by their numbers, whatever their width', () => {
  expect(doorsIn('３号楼2单元和4单元')).toEqual(
    new Map([
      ['号楼', new Set(['3'])],
      ['单元', new Set(['2', '4'])],
    ]),
  )
})
