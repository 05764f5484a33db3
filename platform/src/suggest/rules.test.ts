import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pointsIn } from './points.ts'
import { gap, missingIn, speaksOf } from './rules.ts'

describe('SG8 the points of a text (RQ7)', () => {
  test.each([
    ['路灯坏了。什么时候能修好？', ['什么时候能修好？']],
    [
      '您好，楼道灯不亮，请派人来换个灯泡。另外，垃圾能不能一天收两次？谢谢！',
      ['请派人来换个灯泡', '垃圾能不能一天收两次？'],
    ],
    ['1、把车挪走；2、希望给找个能充电的地方', ['希望给找个能充电的地方']],
    ['一是要求退还押金，二是请说明收费的依据。', ['要求退还押金，二是请说明收费的依据']],
    ['楼上漏水，墙都泡了，为什么一直没人管，要求尽快修好', ['为什么一直没人管，要求尽快修好']],
    ['昨天夜里停水了。', []],
    ['谢谢社区！', []],
  ])('SG8 %s', (text, points) => {
    expect(pointsIn(text)).toEqual(points)
  })

  test('SG8 the same wish twice is one point', () => {
    expect(pointsIn('请尽快修好。请尽快修好！')).toEqual(['请尽快修好'])
  })

  test('SG8 whatever is written: at most twelve points, none empty or too long, and each stands in the text', () => {
    const part = fc.constantFrom(
      '请',
      '修',
      '路灯',
      '？',
      '。',
      '，',
      '什么时候',
      '1、',
      '谢谢',
      ' ',
      '\n',
      'a',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 400 }), (parts) => {
        const text = parts.join('')
        const points = pointsIn(text)
        expect(points.length).toBeLessThanOrEqual(12)
        for (const point of points) {
          expect([...point].length).toBeLessThanOrEqual(200)
          expect(point.trim().length).toBeGreaterThan(0)
          expect(text).toContain(point)
        }
      }),
    )
  })
})

describe('RQ7 what an answer lacks', () => {
  const points = ['什么时候能修好', '垃圾能不能一天收两次']
  test('RQ7 an answer speaks of a point when it says a good part of it', () => {
    expect(speaksOf('路灯今天下午修好，配件已经到了', points[0]!)).toBe(false)
    expect(speaksOf('什么时候能修好：今天下午', points[0]!)).toBe(true)
    expect(speaksOf('垃圾从明天起一天收两次', points[1]!)).toBe(true)
  })

  test('RQ7 nothing is missing once every point is said to be answered or open, and spoken of', () => {
    const answer = '什么时候能修好：今天下午。垃圾一天收两次，从明天起。'
    expect(missingIn(answer, points, ['done', 'open'])).toEqual([])
  })

  test('RQ7 each lack is named with the points it is about', () => {
    expect(missingIn(' ', points, [undefined, 'done'])).toEqual([
      { what: 'words' },
      { what: 'points', indexes: [0] },
    ])
    expect(missingIn(`${gap}今天去`, points, ['done', 'done'])).toEqual([
      { what: 'gap' },
      { what: 'unspoken', indexes: [0, 1] },
    ])
  })

  test('RQ7 what another case was answered, word for word, is no answer to this one', () => {
    expect(missingIn('换好了 ', ['灯不亮'], ['done'], ['换好了'])).toEqual([{ what: 'borrowed' }])
    expect(missingIn('换好了，线也理了', ['灯不亮'], ['done'], ['换好了'])).toEqual([])
  })

  test('RQ7 with a single point the whole answer speaks of it', () => {
    expect(missingIn('换好了', ['楼道灯不亮'], ['done'])).toEqual([])
    expect(missingIn('换好了', ['楼道灯不亮'], [undefined])).toEqual([{ what: 'points', indexes: [0] }])
  })
})
