/** Why somebody is on the care list; each with consent or a statute (boundary 2). */
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
] as const
