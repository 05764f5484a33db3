import { z } from 'zod'

/** Contracts of the audit ledger and of "who looked". Times are ISO 8601 in UTC. */

export const auditQuerySchema = z.object({
  actor: z.string().trim().max(60).optional().describe('Who: an id, or the beginning of a name'),
  action: z
    .string()
    .trim()
    .max(60)
    .optional()
    .describe('Ability, or its beginning, such as request.reveal or request'),
  subject: z.uuid().optional().describe('About what: the id of a request, person or reporter'),
  from: z.iso.datetime({ offset: true }).optional().describe('Not before'),
  until: z.iso.datetime({ offset: true }).optional().describe('Before'),
  after: z.string().max(200).optional().describe('Cursor from the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Rows in a page'),
})
export type AuditQuery = z.infer<typeof auditQuerySchema>

export const auditEntrySchema = z.object({
  lane: z.int().describe('Chain that the entry stands in'),
  seq: z.int().describe('Position in the chain, from 1'),
  at: z.iso.datetime().describe('When'),
  actor: z
    .object({
      kind: z.enum(['anyone', 'follower', 'reporter', 'staff', 'client', 'system']).describe('Who'),
      id: z.string().nullable().describe('Person or reporter'),
      name: z.string().nullable().describe('Name of the person; reporters are not named here'),
    })
    .describe('Who did it'),
  organisation: z.string().nullable().describe('For which organisation'),
  action: z.string().describe('Ability of the permission table'),
  purpose: z.string().describe('Why personal data may be touched by it'),
  subject: z
    .object({
      kind: z.string().describe('Kind of record'),
      id: z.string().nullable().describe('Its id'),
      name: z.string().nullable().describe('Name, when it is a person'),
    })
    .nullable()
    .describe('About what'),
  path: z.string().nullable().describe('Area it concerned'),
  reason: z.string().nullable().describe('Reason that was stated'),
  detail: z
    .record(z.string(), z.unknown())
    .describe('What else the action noted, such as the words of a search'),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

export const auditListSchema = z.object({
  items: z.array(auditEntrySchema).describe('One page, newest first'),
  next: z.string().nullable().describe('Cursor of the next page'),
})

export const verificationSchema = z.object({
  entries: z.int().describe('Entries that were checked'),
  lanes: z.int().describe('Chains they stand in'),
  broken: z
    .array(
      z.object({
        lane: z.int().describe('Chain; 0 together with seq 0 is the file of anchors'),
        seq: z.int().describe('Position'),
        what: z.string().describe('What is wrong, in the language of the reader'),
      }),
    )
    .describe(
      'What does not fit, the first hundred of each kind; empty when nothing was changed, removed or reordered',
    ),
})

export const lookedQuerySchema = z.object({
  after: z.iso.datetime().optional().describe('Only before this time: `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('Rows in a page'),
})

const lookSchema = z.object({
  at: z.iso.datetime().describe('When, the last time that day'),
  times: z.int().describe('How often that day'),
  who: z.string().describe('Family name of the person'),
  organisation: z.string().describe('For which organisation'),
  what: z.string().describe('What was done, in plain words'),
  action: z.string().describe('Ability of the permission table'),
  purpose: z.string().describe('Why'),
  reason: z.string().nullable().describe('Reason that was stated'),
  request: z.uuid().nullable().describe('Service request it was about'),
})

export const lookedSchema = z.object({
  items: z.array(lookSchema).describe('Who looked at my data, newest first'),
  next: z.string().nullable().describe('Time before which the next page lies'),
})
