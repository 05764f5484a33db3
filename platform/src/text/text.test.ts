import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { grams, normalise } from './grams.ts'
import { initials } from './pinyin.ts'
import { words } from './words.ts'

describe('TX1 grams', () => {
  test('TX1 neighbours of Han runs, whole runs of letters and digits', () => {
    expect(grams('3号楼路灯不亮，LED坏了')).toEqual([
      '3',
      '号楼',
      '楼路',
      '路灯',
      '灯不',
      '不亮',
      'led',
      '坏了',
    ])
  })

  test('TX1 a text holds every gram of each part of it that has whole runs', () => {
    const han = fc.string({ unit: fc.constantFrom(...'路灯不亮漏水电梯门'), minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(han, han, (before, sought) => {
        const all = new Set(grams(before + sought))
        expect(grams(sought).every((gram) => all.has(gram))).toBe(true)
      }),
    )
  })

  test('TX1 width and case do not matter', () => {
    expect(normalise('ＬＥＤ灯１２')).toBe('led灯12')
  })
})

describe('TX2 words', () => {
  test('TX2 the words of community service are in the dictionary', () => {
    expect(words('路灯不亮，井盖坏了，充电桩不出电')).toEqual(
      expect.arrayContaining(['路灯', '不亮', '井盖', '充电桩']),
    )
  })

  test('TX2 marks are no words', () => {
    expect(words('？！…… ,')).toEqual([])
  })
})

test('TX3 initials of names read surnames as surnames', () => {
  expect(initials('单小明')).toBe('sxm')
  expect(initials('曾A1')).toBe('za1')
})
