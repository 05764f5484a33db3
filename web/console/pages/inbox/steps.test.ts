import { describe, expect, test } from 'vitest'
import { entries, type EntryKind, states } from '#requests/lifecycle.ts'
import lifecycleZh from '#requests/messages/zh-CN.json' with { type: 'json' }
import zh from '../../messages/zh-CN.json' with { type: 'json' }
import { leadingStep, type Step, stepKeys } from './steps.ts'

/** Entered at a part, at a supervision, or at the door of another capability. */
const elsewhere: readonly string[] = ['reply', 'lift', 'part_take_back', 'whistle', 'table']

const byStaff = (Object.keys(entries) as EntryKind[]).filter(
  (kind) =>
    kind !== 'submit' &&
    !elsewhere.includes(kind) &&
    entries[kind].by.some((party) => ['desk', 'holder', 'reviewer'].includes(party)),
)

describe('the steps of a case', () => {
  test('RQ2 every entry that a desk, a holder or a reviewer may make has its button, and no other', () => {
    expect(Object.keys(stepKeys).toSorted()).toEqual(byStaff.toSorted())
  })

  test.each(byStaff)('%s says what it is, what it will cause and what its button does', (kind) => {
    expect(lifecycleZh.entry).toHaveProperty(kind)
    expect(lifecycleZh.causes).toHaveProperty(kind)
    expect(zh.deed).toHaveProperty(kind)
  })

  test('two steps that may stand side by side never share a key', () => {
    for (const state of Object.keys(states)) {
      const keys = (Object.keys(stepKeys) as Step[])
        .filter((step) => (entries[step].from as readonly string[]).includes(state))
        .map((step) => stepKeys[step])
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  test('RQ1 nothing is urged on someone whose turn it is not', () => {
    expect(leadingStep(['accept', 'note'], false)).toBeUndefined()
    expect(leadingStep(['note'], true)).toBeUndefined()
    expect(leadingStep(['supervise', 'accept'], true)).toBe('accept')
  })
})
