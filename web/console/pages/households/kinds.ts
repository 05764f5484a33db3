import type { Care, Member } from '#households/contract.ts'

/** The lists of the register's contract, said again without the contract itself, which would bring its checker along. */

export const careKinds = [
  'lives_alone',
  'frail',
  'bedridden',
  'disabled',
  'serious_illness',
  'single_parent_child',
  'left_behind',
  'hardship',
  'bereaved',
] as const satisfies readonly Care['kind'][]

export const relations = [
  'head',
  'spouse',
  'child',
  'parent',
  'grandparent',
  'tenant',
  'other',
] as const satisfies readonly Member['relation'][]
