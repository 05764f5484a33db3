import { z } from 'zod'
import { attachmentSchema, entrySchema, holderSchema, stateSchema, summary } from './contract.ts'
import { entryKinds } from './lifecycle.ts'
import { proposalReasons, proposedKinds } from './lists.ts'
import { partStates } from './parts.ts'
import { partKinds } from './splitting.ts'

/** The contract of one request as its page shows it: everything a list says of it, and its story, parts and clocks. */

const id = (what: string) => z.uuid().describe(what)
const instant = (what: string) => z.iso.datetime().describe(what)

const termSchema = z.object({
  startsAt: instant('From when it counts'),
  halfAt: instant('Half of it (RQ5)'),
  mostAt: instant('Four fifths of it (RQ5)'),
  dueAt: instant('When it ends'),
  presumed: z.boolean().describe('True when a holiday in it is not yet published'),
})

const linkedSchema = z.object({
  id: id('Request'),
  code: z.string().describe('Short code'),
  state: stateSchema,
})
export type Linked = z.infer<typeof linkedSchema>
const otherSchema = z.object({
  id: id('Request'),
  code: z.string().describe('Its code'),
  title: z.string().describe('Its name'),
})

const partSchema = z.object({
  id: id('Part'),
  matter: z.string().nullable().describe('What it is about'),
  state: z.enum(partStates).describe('Where it stands'),
  holder: holderSchema.nullable().describe('Who answers for it now; null once it is over'),
  dueAt: instant('By when'),
  overdue: z.boolean().describe('True once its time has ended'),
  said: z.string().nullable().describe('What its holder said last: the answer, or why it came back'),
  abilities: z.array(z.enum(partKinds)).describe('Entries about it that you may make now'),
})

const supervisionSchema = z.object({
  id: id('The entry that began it; reply and lift name it'),
  by: z.string().nullable().describe('Who supervises'),
  demand: z.string().nullable().describe('What is demanded; null where a time has run out'),
  dueAt: instant('By when').nullable().describe('By when it is answered; null where nobody is above'),
  repliedAt: instant('When').nullable().describe('When the holder answered; null until then'),
  late: z.boolean().describe('True when it was not answered in time and the level above was told'),
  abilities: z.array(z.enum(['reply', 'lift'])).describe('Entries about it that you may make now'),
})

export const requestSchema = z.object({
  ...summary,
  words: z.string().describe("The reporter's own words"),
  lon: z.number().nullable().describe('Longitude, WGS-84'),
  lat: z.number().nullable().describe('Latitude, WGS-84'),
  term: termSchema.nullable().describe('The running clock'),
  steps: z
    .array(z.object({ name: z.string().describe('What has to be done'), dueAt: instant('By when') }))
    .describe('Steps inside the limit, when the category has several'),
  points: z.array(z.string()).describe('What was asked, point by point'),
  returns: z.int().describe('How often it was sent back'),
  reopens: z.int().describe('How often the reporter said: not solved'),
  unreached: z.int().describe('Follow-up calls without an answer'),
  proposal: z
    .object({
      id: id('The entry that proposed it; the review names it'),
      what: z.enum(proposedKinds).describe('What is proposed'),
      reason: z.enum(proposalReasons).describe('On what ground'),
      until: instant('End of the suspension, or the new due time').nullable().describe('Null where none'),
    })
    .nullable()
    .describe('What waits for the word of a second person'),
  suspended: z
    .object({
      since: instant('From when the clock stands still'),
      until: instant('When the clock goes on by itself'),
      reason: z.enum(proposalReasons).describe('On what ground'),
    })
    .nullable()
    .describe('While the clock stands still'),
  reporter: z
    .object({
      name: z.string().nullable().describe('Masked unless it is oneself'),
      phone: z.string().nullable().describe('Masked unless it is oneself'),
      proven: z.boolean().describe('Phone proven by code'),
      requestsThisYear: z.int().describe('How many this year'),
    })
    .nullable()
    .describe('Null where the viewer may not see it'),
  firstContact: z
    .object({
      name: z.string().describe('Who heard it first'),
      organisation: z.string().describe('Where the person serves'),
      phone: z.string().nullable().describe('Work phone'),
      standIn: z
        .object({
          name: z.string().describe('Who stands in while the person is away'),
          phone: z.string().nullable().describe('Work phone'),
        })
        .nullable()
        .describe('Null while the person is there'),
    })
    .nullable()
    .describe('R9: stays answerable until somebody takes it; null once taken, or where nobody recorded it'),
  withheld: z.boolean().describe('True where you may not know who said it, and read less of it (RQ10)'),
  complainedOf: z
    .array(z.object({ id: id('Organisation'), name: z.string().describe('Its name') }))
    .describe('Organisations it is about; empty where you may not know'),
  about: linkedSchema.nullable().describe('The request whose handling it complains about'),
  complaints: z.array(linkedSchema).describe('Complaints about the handling of this one'),
  entries: z.array(entrySchema).describe('The story, newest first'),
  attachments: z.array(attachmentSchema).describe('What the reporter attached at first'),
  merged: otherSchema.nullable().describe('The request it was merged into; null for residents, who see one'),
  absorbed: z.array(otherSchema).describe('Requests merged into it, as far as you reach them'),
  parts: z
    .array(partSchema)
    .describe('Parts for several departments (RQ12); empty for residents, who see one request'),
  supervisions: z.array(supervisionSchema).describe('Supervisions that stand, oldest first; staff only'),
  bound: z
    .boolean()
    .describe('Given by a binding decision (RQ6): neither sent back nor passed on by whoever has it'),
  whistle: id('The whistle it is being handled by').nullable().describe('While it is whistled for (RQ18)'),
  abilities: z.array(z.enum(entryKinds)).describe('Entries that you may make now'),
  version: z.int().describe('Number of entries; also the ETag'),
})
export type RequestView = z.infer<typeof requestSchema>
