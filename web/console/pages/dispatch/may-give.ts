import { useCallback } from 'react'
import { rank } from '#requests/climbing.ts'
import { levels } from '#requests/lifecycle-rule.ts'
import type { BoardItem } from '../../data/dispatch.ts'
import { useHolds, useMe } from '../../data/me.ts'

/** Whether I may give something out: my organisation has it, or mine is a desk above over the same place. The server decides. */
export function useMayGive(): (item: BoardItem) => boolean {
  const holds = useHolds()
  const { posts } = useMe()
  return useCallback(
    (item) =>
      holds(item) ||
      posts.some(({ role, path }) => {
        const level = levels.find((one) => role === `${one}_desk`)
        return level !== undefined && rank(level) >= rank(item.level) && item.path.startsWith(path)
      }),
    [holds, posts],
  )
}
