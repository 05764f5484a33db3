import { expect, test } from 'vitest'
import type { Household } from '../../kept/overlay.ts'
import { changedFields, draftOf, newMember, wrongIn } from './edits.ts'

const id = '019b0000-0000-7000-8000-000000000002'
const household: Household = {
  id,
  version: 3,
  pending: false,
  path: '131003/001/',
  door: { id, number: '602', floor: 6 },
  movedIn: null,
  note: null,
  members: [
    {
      id,
      name: '赵玉兰',
      relation: 'head',
      birthYear: 1954,
      phone: '10044128890',
      joinedOn: null,
      away: null,
    },
  ],
  care: [],
  conflicts: [],
  visits: [],
  tasks: [],
  promises: [],
  standsInFor: null,
}

test('FP6 only what was changed is sent, under the names of its fields', () => {
  const draft = draftOf(household)
  expect(changedFields(household, draft, '2026-11-20')).toEqual({})
  const [member] = draft.members
  const changed = { note: ' 先打电话 ', members: [{ ...member!, phone: '10099990000', away: 'work' }] }
  expect(changedFields(household, changed, '2026-11-20')).toEqual({
    note: '先打电话',
    [`resident.${id}.phone`]: '10099990000',
    [`resident.${id}.away`]: { kind: 'work', until: null },
  })
})

test('FP6 who moved out is told with the day; a new member comes with what is needed', () => {
  const draft = draftOf(household)
  const [member] = draft.members
  const added = { ...newMember(), name: '赵小宁', relation: 'child' }
  const fields = changedFields(
    household,
    { ...draft, members: [{ ...member!, left: 'moved' }, added] },
    '2026-11-20',
  )
  expect(fields).toEqual({
    [`resident.${id}.left`]: { on: '2026-11-20', kind: 'moved' },
    [`resident.${added.id}.name`]: '赵小宁',
    [`resident.${added.id}.relation`]: 'child',
  })
})

test('FP6 a phone with a digit too few, a year before anybody was born and an empty name are said at once', () => {
  const member = { ...newMember(), phone: '1009999000', birthYear: '18' }
  expect(wrongIn(member)).toEqual({
    name: 'edit.wrong.name',
    phone: 'edit.wrong.phone',
    birthYear: 'edit.wrong.year',
  })
  expect(wrongIn({ ...member, name: '赵', phone: '0316-2014488', birthYear: '1954' })).toEqual({})
})
