import { expect, test } from 'vitest'
import { inWords, withoutRepeats } from './place-names.ts'

test('a row of stairwells is said without repeating the building', () => {
  expect(withoutRepeats(['3号楼2单元', '3号楼3单元'])).toEqual(['3号楼2单元', '3单元'])
  expect(withoutRepeats(['3号楼1单元', '3号楼12单元', '13号楼1单元'])).toEqual([
    '3号楼1单元',
    '12单元',
    '13号楼1单元',
  ])
  expect(withoutRepeats([])).toEqual([])
})

test('a place is named from the compound down, with its door', () => {
  expect(inWords({ names: ['金桥社区', '金桥小区', '3号楼', '2单元'], door: '602' })).toBe(
    '金桥小区3号楼2单元602',
  )
  expect(inWords({ names: ['金桥社区'] })).toBe('金桥社区')
})
