import { z } from 'zod'
import { phoneOfferSchema } from '#offers/contract.ts'
import { areaPath } from '#org/contract.ts'
import { resultSchema } from './contract.ts'

/**
 * What the change feed delivers. An item replaces whatever the phone holds under its kind and id; `gone` ones are wiped. A
 * household comes as one document with everything that hangs on it, so nothing inside needs a trace of its deletion.
 */

const day = (what: string) => z.iso.date().describe(what)
const at = (what: string) => z.iso.datetime().describe(what)
const name = (what: string) => z.string().describe(what)

const memberItem = z.object({
  id: z.uuid().describe('Resident'),
  name: name('Name'),
  relation: z.string().describe('Related to the head of the household'),
  birthYear: z.int().nullable().describe('Year of birth'),
  phone: z.string().nullable().describe('Phone in full: to call this household is the duty (ADR 0029)'),
  joinedOn: day('Lives here since').nullable().describe('Lives here since; null: as long as is known'),
  away: z
    .object({
      kind: z.string().describe('study, work or elsewhere'),
      until: day('Until').nullable().describe('Until; null when not known'),
    })
    .nullable()
    .describe('Away, and until when'),
})

const careItem = z.object({
  id: z.uuid().describe('Care entry'),
  resident: z.uuid().describe('Who needs it'),
  kind: z.string().describe('Why somebody looks in'),
  basis: z.enum(['consent', 'statutory']).describe('On which basis that is known'),
  reviewOn: day('Looked at anew on'),
  plan: z.string().nullable().describe('What is done, and how often'),
  helper: z.string().nullable().describe('Who helps'),
})

const conflictItem = z.object({
  id: z.uuid().describe('Conflict'),
  field: z.string().describe('Field, such as note or resident.<id>.phone'),
  openedAt: at('Since'),
  words: z
    .array(
      z.object({
        entry: z.uuid().describe('Entry that said it'),
        by: z.string().nullable().describe('Who'),
        at: at('When it was entered'),
        value: z.unknown().describe('What it says'),
        shown: z.boolean().describe('Whether it stands in the field until somebody chooses'),
      }),
    )
    .describe('What stands against each other'),
})

const visitItem = z.object({
  id: z.uuid().describe('Visit'),
  on: day('The day it counts for'),
  by: z.string().nullable().describe('Who'),
  outcome: z.string().describe('met, not_at_home, declined or moved'),
  how: z.string().nullable().describe('fine, difficulty or come_more_often'),
  words: z.string().nullable().describe('What was heard'),
})

const taskItem = z.object({
  id: z.uuid().describe('Task'),
  title: z.string().describe('Why to go: the name of its rule'),
  from: day('Window begins'),
  due: day('The last day on which it is in time'),
  until: day('First day on which it can no longer be done'),
  tries: z.int().describe('How often nobody was at home'),
  nextTry: day('When to try again').nullable().describe('When to try again, after nobody was at home'),
})

const promiseItem = z.object({
  id: z.uuid().describe('Promise'),
  on: day('For which day'),
  at: z.string().nullable().describe('Time of day, such as 15:00'),
  words: z.string().nullable().describe('What was promised'),
})

const householdItem = z.object({
  path: areaPath.describe('Stairwell; its name and doors stand in `units`'),
  door: z
    .object({
      id: z.uuid().describe('Dwelling'),
      number: z.string().describe('Number on the door'),
      floor: z.int().describe('Storey'),
    })
    .describe('The door'),
  movedIn: day('Moved in').nullable().describe('Lives here since'),
  note: z.string().nullable().describe('What whoever knocks should know'),
  members: z.array(memberItem).describe('Who lives here'),
  care: z.array(careItem).describe('Why somebody looks in'),
  conflicts: z.array(conflictItem).describe('What has to be chosen'),
  visits: z.array(visitItem).describe('The last two years, newest first'),
  tasks: z.array(taskItem).describe('Open tasks, the most urgent first'),
  promises: z.array(promiseItem).describe('Open promises, the next first'),
  standsInFor: z.string().nullable().describe('In whose place it is one’s own; null when by own duty'),
})
export type HouseholdItem = z.infer<typeof householdItem>

/** A stairwell drawn as it stands. Of doors that are not one's own nothing is told but where they are. */
const unit = z.object({
  path: areaPath.describe('Stairwell, or another area in which one has a household'),
  name: name('Its name'),
  building: z.string().nullable().describe('Building'),
  compound: z.string().nullable().describe('Compound'),
  community: z.string().nullable().describe('Community or village'),
  floors: z.int().nullable().describe('Storeys of the building'),
  doors: z
    .array(
      z.object({
        id: z.uuid().describe('Dwelling'),
        number: z.string().describe('Number on the door'),
        floor: z.int().describe('Storey'),
      }),
    )
    .describe('From the ground up'),
})

const unitsItem = z.object({ items: z.array(unit).describe('Every stairwell in which one has a household') })

const profileItem = z.object({
  name: name('Own name'),
  phone: z.string().nullable().describe('Work phone, as on the contact card'),
  organisation: z.string().nullable().describe('For whom one serves'),
  roles: z.array(z.string()).describe('Roles held now'),
  away: z
    .array(
      z.object({
        id: z.uuid().describe('Absence'),
        from: day('From'),
        until: day('Until').nullable().describe('First day back; null when not known'),
        backup: z.string().describe('Who stands in'),
      }),
    )
    .describe('Own absences, present and coming'),
  colleagues: z
    .array(z.object({ id: z.uuid().describe('Person'), name: name('Name') }))
    .describe('Who could stand in: those who serve at the same organisation'),
})

const categoriesItem = z.object({
  items: z
    .array(
      z.object({
        code: z.string().describe('Category'),
        name: name('Name'),
        group: name('Name of its group'),
      }),
    )
    .describe('What can be said about what'),
})

const request = z.object({
  id: z.uuid().describe('Service request'),
  code: z.string().describe('Code'),
  title: z.string().describe('What it is about'),
  state: z.string().describe('State'),
  household: z.uuid().nullable().describe('Household it came from'),
  submittedAt: at('Submitted'),
  changedAt: at('Last entry'),
})

const requestsItem = z.object({
  items: z
    .array(request)
    .describe('What came from oneself and was open within the last 90 days, newest first'),
})

const offersItem = z.object({
  items: z.array(phoneOfferSchema).describe('What is asked of oneself, and what one said yes to'),
})

const kindOf = <Kind extends string, Data extends z.ZodType>(kind: Kind, data: Data, what: string) =>
  z.object({
    kind: z.literal(kind).describe(what),
    id: z.string().describe('Household or entry; empty for a kind of which there is one'),
    version: z.int().describe('Of a household its version, to be named as `base`; 0 otherwise'),
    gone: z.boolean().describe('True: wipe it; `data` is null'),
    data: data.nullable().describe('What it holds; null when it is gone'),
  })

export const itemSchema = z.discriminatedUnion('kind', [
  kindOf('household', householdItem, 'A household'),
  kindOf('units', unitsItem, 'The stairwells, all in one item'),
  kindOf('profile', profileItem, 'Oneself'),
  kindOf('categories', categoriesItem, 'The catalogue, all in one item'),
  kindOf('requests', requestsItem, 'Service requests that came from oneself, all in one item'),
  kindOf('offers', offersItem, 'Small wants put before oneself, all in one item'),
  kindOf('entry', resultSchema, 'The fate of an own entry, whichever own phone sent it'),
])
export type Item = z.infer<typeof itemSchema>

export const feedSchema = z.object({
  items: z.array(itemSchema).describe('To be put into the store in one transaction together with the cursor'),
  cursor: z.string().describe('Where the next page begins'),
  more: z.boolean().describe('Ask again at once'),
  reset: z
    .boolean()
    .describe('Begun anew: forget everything but the outbox before putting these items into the store'),
  now: at("The server's clock"),
  keepUntil: at('Without contact until then the phone forgets everything'),
})
export type FeedPage = z.infer<typeof feedSchema>
