import { generator } from './random.ts'

/**
 * Cuts texts into folds. A group stays whole (CL4); each label is spread as evenly as its groups allow, the largest
 * groups first.
 *
 * @returns the fold of each text, from 0.
 */
export function foldsOf(
  texts: readonly { label: string; group: string }[],
  count: number,
  seed: number,
): Int32Array {
  const random = generator(seed)
  const groups = new Map<string, { texts: number[]; labels: Map<string, number>; draw: number }>()
  texts.forEach(({ label, group }, index) => {
    const found = groups.get(group) ?? { texts: [], labels: new Map<string, number>(), draw: random() }
    found.texts.push(index)
    found.labels.set(label, (found.labels.get(label) ?? 0) + 1)
    groups.set(group, found)
  })
  const order = [...groups.values()].toSorted((a, b) => b.texts.length - a.texts.length || a.draw - b.draw)
  const folds = new Int32Array(texts.length)
  const sizes = new Float64Array(count)
  const filled = new Map<string, Float64Array>()
  for (const group of order) {
    let best = 0
    let least = Infinity
    for (let fold = 0; fold < count; fold += 1) {
      let load = sizes[fold]! / (texts.length + 1)
      for (const [label, n] of group.labels) load += n * (filled.get(label)?.[fold] ?? 0)
      if (load < least) {
        least = load
        best = fold
      }
    }
    for (const index of group.texts) folds[index] = best
    sizes[best]! += group.texts.length
    for (const [label, n] of group.labels) {
      const held = filled.get(label) ?? new Float64Array(count)
      held[best]! += n
      filled.set(label, held)
    }
  }
  return folds
}
