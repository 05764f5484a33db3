import { type QueryKey, useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query'

type Then<Answer> = {
  /** Only while the form that sent it still stands: what closes it, or goes on to the next. */
  onSuccess?: (answer: Answer) => void
  /** Also when it is gone by then: what a person is to hear in any case. */
  afterwards?: (answer: Answer) => void
}

/**
 * A change counts as done when the lists it touches have been read anew. By then the row that was pressed may have left
 * its list, and its form with it; a callback of the form would be lost, now and then, as the answers happen to come.
 */
export function useAfterwards<Answer, Input>(change: UseMutationResult<Answer, Error, Input>) {
  const { mutateAsync } = change
  const mutate = (input: Input, { onSuccess, afterwards }: Then<Answer> = {}) =>
    void mutateAsync(input, { onSuccess: (answer) => onSuccess?.(answer) }).then(
      afterwards,
      // It stands in `error`.
      () => undefined,
    )
  return { ...change, mutate }
}

/** Sends one change, and reads anew whatever it touches. */
export function useChange<Input, Answer>(send: (input: Input) => Promise<Answer>, ...touched: QueryKey[]) {
  const client = useQueryClient()
  return useAfterwards(
    useMutation({
      mutationFn: send,
      onSuccess: () => Promise.all(touched.map((queryKey) => client.invalidateQueries({ queryKey }))),
    }),
  )
}
