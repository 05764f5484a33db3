/** A seeded generator (mulberry32), so that the same problem is solved the same way everywhere. */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Brings the first `count` numbers into an order drawn at random, in place. */
export function shuffle(numbers: Int32Array, count: number, random: () => number): void {
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const kept = numbers[last]!
    numbers[last] = numbers[other]!
    numbers[other] = kept
  }
}
