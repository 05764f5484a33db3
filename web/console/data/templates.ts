import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  Template,
  templateChangeSchema,
  templateHistorySchema,
  templateListSchema,
} from '#notify/template-contract.ts'
import { call } from '#web/api/client.ts'
import { useChange } from './change.ts'

export type { Template }
type List = z.infer<typeof templateListSchema>
type History = z.infer<typeof templateHistorySchema>
export type Change = Pick<z.input<typeof templateChangeSchema>, 'words' | 'subject' | 'validFrom'>

/** The words of every message, as they are in force. */
export const templates = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => call<List>('GET', '/api/message-templates', { signal }),
})

export const templateHistory = ({ template, channel, audience, language }: Template) =>
  queryOptions({
    queryKey: ['templates', template, channel, audience, language],
    queryFn: ({ signal }) =>
      call<History>('GET', `/api/message-templates/${template}/history`, {
        query: { channel, audience, language },
        signal,
      }),
  })

export function useTemplateChange({ template, channel, audience, language, version }: Template) {
  return useChange((change: Change) =>
      call<Template>('PUT', `/api/message-templates/${template}`, {
        body: { channel, audience, language, ...change },
        ifMatch: version,
      }), templates.queryKey)
}
