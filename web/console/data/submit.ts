import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Receipt } from '#requests/contract.ts'
import { type Deed, enter, type Submission, submitRequest } from '#web/api/requests.ts'

/** What was recorded; `refused` when it stands but could not be accepted in the same go. */
export type Recorded = { receipt: Receipt; accepted: boolean; refused: Error | null }

/**
 * Records a request for someone and, when asked, accepts it at once. The record stands whatever becomes of the
 * acceptance; both ids were made with the form, so pressing twice is one of each (RQ3).
 */
export function useRecord() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ submission, accept }: { submission: Submission; accept: Deed | undefined }): Promise<Recorded> => {
      const receipt = await submitRequest(submission)
      if (!accept) return { receipt, accepted: false, refused: null }
      try {
        await enter(receipt.id, accept)
        return { receipt, accepted: true, refused: null }
      } catch (error) {
        return { receipt, accepted: false, refused: error instanceof Error ? error : new Error(String(error)) }
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['requests'] }),
  })
}
