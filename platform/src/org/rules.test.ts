import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codePrefix, deskName, isVillage } from './naming.ts'
import { endOf, lineOf, placeName, placeWords } from './rules.ts'

describe('paths and names', () => {
  test('OR1 everything under an area lies between its path and its end, and nothing else does', () => {
    const code = fc.stringMatching(/^\d{1,9}$/)
    const anyPath = fc
      .array(code, { minLength: 1, maxLength: 6 })
      .map((codes) => codes.map((one) => `${one}/`).join(''))
    const bytes = (text: string) => Buffer.from(text).toString('hex')
    fc.assert(
      fc.property(anyPath, anyPath, (area, other) => {
        const inRange = bytes(other) >= bytes(area) && bytes(other) < bytes(endOf(area))
        expect(inRange).toBe(other.startsWith(area))
        expect(lineOf(area).at(-1)).toBe(area)
        expect(lineOf(area).every((one) => area.startsWith(one))).toBe(true)
      }),
    )
  })

  test('OR2 a community is called by its place, not by its committee', () => {
    const names = [
      ['金桥社区居民委员会', '金桥社区'],
      ['中纬路社区居委会', '中纬路社区'],
      ['天户居民委员会', '天户社区'],
      ['邢营村村民委员会', '邢营村'],
      ['东杨庄村委会', '东杨庄村'],
      ['龙城园区社区', '龙城园区社区'],
    ] as const
    for (const [official, place] of names) expect(placeName('community', official)).toBe(place)
    expect(placeName('compound', '居委会小区')).toBe('居委会小区')
  })

  test('OR3 a place is compound, building and unit joined; a community stands alone', () => {
    const line = [
      { kind: 'district', name: '广阳区' },
      { kind: 'subdistrict', name: '新源道街道' },
      { kind: 'community', name: '金桥社区居民委员会' },
      { kind: 'compound', name: '金桥小区' },
      { kind: 'building', name: '3号楼' },
      { kind: 'unit', name: '2单元' },
    ] as const
    expect(placeWords(line)).toBe('金桥小区3号楼2单元')
    expect(placeWords(line.slice(0, 4))).toBe('金桥小区')
    expect(placeWords(line.slice(0, 3))).toBe('金桥社区')
    expect(placeWords(line.slice(0, 2))).toBe('新源道街道')
    expect(placeWords([])).toBe('')
  })

  test('OR6 desks and prefixes are named after their places', () => {
    expect(deskName('subdistrict', '银河北路街道').name).toBe('银河北路街道办事处')
    expect(deskName('subdistrict', '万庄镇').name).toBe('万庄镇人民政府')
    expect(deskName('subdistrict', '横涧乡').name).toBe('横涧乡人民政府')
    expect(deskName('community', '金桥社区居民委员会')).toEqual({
      name: '金桥社区居民委员会',
      shortName: '金桥社区居委会',
    })
    expect(deskName('community', '龙城园区社区').name).toBe('龙城园区社区居委会')
    expect(['广阳区', '井陉矿区', '卢龙县', '赵县'].map(codePrefix)).toEqual(['GY', 'JX', 'LL', 'ZX'])
    expect([
      isVillage('邢营村村民委员会', '131003101221'),
      isVillage('金桥社区居民委员会', '131003005003'),
      isVillage('无名', '131003101221'),
    ]).toEqual([true, false, true])
  })
})
