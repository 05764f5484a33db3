import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { temporaryKeys } from '#kernel/keys.ts'
import { careField, fieldNamed, identitySchema, missingIn, phoneSchema, residentField } from './fields.ts'
import { birthYearOf, checkCharacter, isIdentity, spelledIdentity } from './identity.ts'
import { columnsFor, identityIndex, sameStored, storedValue, valueIn } from './stored.ts'

const day = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2026-12-31T00:00:00Z'),
  noInvalidDate: true,
})
const digits = fc
  .tuple(fc.integer({ min: 110_000, max: 659_999 }), day, fc.integer({ min: 0, max: 999 }))
  .map(
    ([area, born, order]) =>
      `${area}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`,
  )

describe('the identity number (GB 11643)', () => {
  test('with its check character is one, with any other it is none', () => {
    fc.assert(
      fc.property(digits, fc.constantFrom(...'0123456789X'), (first, last) => {
        expect(isIdentity(first + last)).toBe(last === checkCharacter(first))
        expect(birthYearOf(first)).toBe(Number(first.slice(6, 10)))
      }),
    )
  })

  test('two digits changed places are noticed', () => {
    fc.assert(
      fc.property(digits, fc.integer({ min: 14, max: 15 }), (first, at) => {
        const whole = first + checkCharacter(first)
        const swapped = whole.slice(0, at) + whole[at + 1] + whole[at] + whole.slice(at + 2)
        expect(isIdentity(swapped)).toBe(swapped === whole)
      }),
    )
  })

  test('is kept in one spelling; days that the calendar does not know are refused', () => {
    expect(spelledIdentity(' 11010519491231 002x')).toBe('11010519491231002X')
    expect(identitySchema.parse('11010519491231002x')).toBe('11010519491231002X')
    expect(isIdentity('11010519490231002X')).toBe(false)
    expect(isIdentity('110105194912310')).toBe(false)
  })
})

test('a phone is a mobile number or a landline with its area code', () => {
  for (const good of ['10012345678', '0316-2012345', '03162012345'])
    expect(phoneSchema.safeParse(good).success, good).toBe(true)
  for (const bad of ['1001234567', '2012345', '+8610012345678', ''])
    expect(phoneSchema.safeParse(bad).success, bad).toBe(false)
})

test('HH6 every field has one name; anything else has none', () => {
  const id = '0190f5fe-7c00-7a00-8000-000000000001'
  expect(fieldNamed('note')).toMatchObject({ owner: 'household', id: null })
  expect(fieldNamed(residentField(id, 'phone'))).toMatchObject({ owner: 'resident', id, name: 'phone' })
  expect(fieldNamed(careField(id, 'plan'))).toMatchObject({ owner: 'care', id, name: 'plan' })
  for (const none of [
    '',
    'religion',
    'toString',
    `resident.${id}`,
    `resident.${id}.toString`,
    'resident.x.name',
    `note.${id}.note`,
  ])
    expect(fieldNamed(none), none).toBeUndefined()
  expect(missingIn('resident', new Set(['name']))).toBe('relation')
})

test('what is said of a field is what its columns give back; sealing twice says the same', () => {
  const keys = temporaryKeys()
  const id = '0190f5fe-7c00-7a00-8000-000000000001'
  const values = {
    name: '钱大娘',
    birthYear: 1952,
    phone: '10012345678',
    identity: '11010519491231002X',
    left: { on: '2026-11-01', kind: 'moved' },
    away: { kind: 'study', until: null },
  } as const
  for (const [name, value] of Object.entries(values)) {
    const field = fieldNamed(`resident.${id}.${name}`)!
    for (const one of [value, null]) {
      const stored = storedValue(keys, field, one)
      expect(sameStored(valueIn(field, columnsFor(field, stored)), stored), name).toBe(true)
      expect(sameStored(storedValue(keys, field, one), stored), name).toBe(true)
      expect(sameStored(stored, 'something else')).toBe(false)
    }
  }
  expect(identityIndex(keys, values.identity)).not.toBe(identityIndex(keys, '110105194912310021'))
})
