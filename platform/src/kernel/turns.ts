/**
 * Lets so many pieces of work run at once; the others wait for their turn in the order they came. For what takes much
 * memory, such as decoding pictures.
 */
export function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The next one takes over this turn.
      if (next) next()
      else running -= 1
    }
  }
}
