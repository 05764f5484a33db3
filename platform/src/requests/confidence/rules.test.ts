import { describe, expect, test } from 'vitest'
import {
  accept,
  answer,
  bureau,
  communityDesk,
  desks,
  firm,
  Life,
  path,
  reporter,
  subdistrictDesk,
} from '#tests/life.ts'
import { desksBeside, isGivenInConfidence, levelOver, mayKnow } from './rules.ts'
import type { Confidence } from './rules.ts'
import { levels } from '../lifecycle-rule.ts'
import { partiesOf } from '../rules.ts'

/** RQ10 and boundary 7, by the rules alone: past whom a confidential request goes, and what giving it away takes. */

const line = ['131003/', '131003/131003008/', '131003/131003008/131003008001/']
const ofFirm: Confidence = { confidential: true, complainedOf: ['firm'] }
const leftOpen: Confidence = { confidential: true }
const assign = (organisation: string, more: object = {}) => ({
  id: 'x',
  kind: 'assign' as const,
  lead: { organisation },
  assisting: [],
  words: '',
  ...more,
})

describe('RQ10 a desk complained of', () => {
  test('is passed over at whatever level, and the highest keeps it where no other is left (RQ1)', () => {
    expect(desksBeside(desks, ['firm'])).toEqual(desks)
    expect(desksBeside(desks, ['desk-c'])).toEqual({ subdistrict: 'desk-s', district: 'desk-d' })
    expect(desksBeside(desks, ['desk-c', 'desk-s'])).toEqual({ district: 'desk-d' })
    expect(desksBeside(desks, ['desk-c', 'desk-s', 'desk-d'])).toEqual({ district: 'desk-d' })
  })

  test.each(['community', 'subdistrict', 'district'] as const)(
    'is no desk over the request, whoever of it acts: %s',
    (level) => {
      const life = new Life()
      const actor = {
        kind: 'staff' as const,
        person: 'p',
        organisations: [desks[level]],
        desks: [
          { level, path: line[levels.length - 1 - levels.indexOf(level)]!, organisation: desks[level] },
        ],
      }
      expect(partiesOf(life.standing, path, actor)).toContain('desk')
      const standing = { ...life.standing, desk: 'other', holder: { organisation: 'other' } }
      expect(partiesOf({ ...standing, complainedOf: [desks[level]] }, path, actor)).toEqual([])
    },
  )

  test('is stepped over on the way up, by people and by the clock', () => {
    const life = new Life()
    life.standing = { ...life.standing, complainedOf: ['desk-s'] }
    expect(life.do(communityDesk, accept)).toBeNull()
    expect(life.do(communityDesk, { kind: 'escalate', words: '办不了' })).toBeNull()
    expect(life.standing.holder).toEqual({ organisation: 'desk-d' })
    const late = new Life()
    late.standing = { ...late.standing, complainedOf: ['desk-s'] }
    late.wait(5 * 3_600_000)
    expect(late.story.at(-1)).toMatchObject({ kind: 'supervise', data: { above: 'desk-d' } })
  })
})

describe('RQ10 who may know who said it', () => {
  test('nobody complained of, and with nobody named the desks alone', () => {
    expect(mayKnow({}, 'firm', desks)).toBe(true)
    expect(mayKnow(ofFirm, 'firm', desks)).toBe(false)
    expect(mayKnow(ofFirm, 'bureau', desks)).toBe(true)
    expect(mayKnow(leftOpen, 'bureau', desks)).toBe(false)
    expect(mayKnow(leftOpen, 'desk-s', desks)).toBe(true)
    expect(isGivenInConfidence(ofFirm, assign('bureau', { assisting: ['firm'] }), desks)).toBe(true)
  })

  test('giving it to one complained of takes a second yes and the matter in other words', () => {
    const life = new Life()
    life.standing = { ...life.standing, ...ofFirm }
    expect(life.do(communityDesk, accept)).toBeNull()
    expect(life.do(communityDesk, assign('firm', { words: '请说明收费' }))).toBe('request.is_complained_of')
    expect(life.do(communityDesk, assign('bureau', { assisting: ['firm'] }))).toBe('request.is_complained_of')
    expect(life.do(communityDesk, assign('firm', { evenComplainedOf: true }))).toBe('request.needs_matter')
    expect(life.do(communityDesk, assign('firm', { evenComplainedOf: true, words: '请说明收费' }))).toBeNull()
  })

  test('somebody else does not give it to them unasked either, and who is not meant needs nothing', () => {
    const life = new Life()
    life.standing = { ...life.standing, ...ofFirm }
    expect(life.do(communityDesk, accept)).toBeNull()
    expect(life.do(communityDesk, assign('bureau'))).toBeNull()
    const transfer = { kind: 'transfer', lead: { organisation: 'firm' }, words: '是他们的事' }
    expect(life.do(bureau, transfer)).toBe('request.is_complained_of')
  })

  test('left open, every holder but a desk needs the matter', () => {
    const life = new Life()
    life.standing = { ...life.standing, ...leftOpen }
    expect(life.do(communityDesk, accept)).toBeNull()
    expect(life.do(communityDesk, assign('bureau'))).toBe('request.needs_matter')
    expect(life.do(communityDesk, assign('desk-s'))).toBeNull()
  })

  test('it stays so to the end of the story', () => {
    const life = new Life()
    life.standing = { ...life.standing, ...ofFirm }
    life.do(communityDesk, accept)
    life.do(communityDesk, assign('firm', { evenComplainedOf: true, words: '请说明收费' }))
    life.do(firm, { kind: 'take', words: '' })
    life.do(firm, answer)
    expect(life.do(reporter, { kind: 'reopen', words: '没有' })).toBeNull()
    expect(life.standing).toMatchObject({ ...ofFirm, holder: { organisation: 'firm' } })
    expect(life.do(subdistrictDesk, { kind: 'escalate', words: '上面看看' })).toBeNull()
    expect(life.standing).toMatchObject({ ...ofFirm, holder: { organisation: 'desk-s' } })
  })
})

describe('boundary 7 a complaint about handling', () => {
  const at = (area: string | undefined) => ({ path: area ?? '' })
  test('lies with the lowest desk over the organisation, itself left out', () => {
    const over = (organisation: string, area: string | undefined) =>
      levelOver(at(area), line, desksBeside(desks, [organisation]))
    expect(over('firm', line[2])).toBe('community')
    expect(over('desk-c', line[2])).toBe('subdistrict')
    expect(over('police', line[1])).toBe('subdistrict')
    expect(over('desk-s', line[1])).toBe('district')
    expect(over('bureau', line[0])).toBe('district')
    // Nobody is above the district here: then the highest that is not itself.
    expect(over('desk-d', line[0])).toBe('subdistrict')
  })
})
