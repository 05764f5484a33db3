import { z } from 'zod'
import { routeSchema } from '#dispatch/contract.ts'
import { urgencies } from '#requests/lists.ts'

/** Contracts of suggestions and of answers given before. Nothing in them has been entered; an officer decides. */

const reasons = z.array(z.string()).describe('Words of the text that speak for it, the strongest first')

export const suggestionSchema = z.object({
  category: z
    .object({
      sure: z
        .boolean()
        .describe(
          'Held to be right in 95 of 100 texts that were never learned from; else the officer chooses',
        ),
      guesses: z
        .array(
          z.object({
            code: z.string().describe('Code'),
            name: z.string().describe('Name'),
            group: z.string().describe('Name of its group'),
            because: reasons,
          }),
        )
        .max(3)
        .describe('The likeliest first; three of them, so that an officer has a choice'),
    })
    .describe('Kind of request'),
  urgency: z
    .object({
      urgency: z.enum(urgencies).describe('How soon'),
      sure: z.boolean().describe('False: nothing speaks for it but that most are so'),
      danger: z.boolean().describe('True when the text speaks of danger to life; then it is always `now`'),
      because: reasons,
    })
    .describe('How soon'),
  handler: routeSchema
    .omit({ organisation: true, failed: true, passed: true, name: true, rule: true })
    .extend({ id: z.uuid().describe('Organisation'), name: z.string().describe('Its name') })
    .nullable()
    .describe('Who could solve it; null when the category is not clear or nobody stands out'),
  model: z
    .object({
      version: z.int().describe('Which model; a district counts its own up'),
      texts: z.int().describe('How many of the district’s requests it learned from'),
      trainedAt: z.iso.datetime().describe('When it learned'),
    })
    .nullable()
    .describe('Null while the district has none of its own: then it knows only the names of the categories'),
})
export type Suggestion = z.infer<typeof suggestionSchema>

export const textSchema = z.object({
  request: z
    .uuid()
    .optional()
    .describe('Id that the request will have, so that it is known later whether it was followed'),
  words: z.string().trim().min(1).max(2000).describe('What was said so far'),
  path: z
    .string()
    .regex(/^(\d+\/){3,6}$/)
    .describe('Path of the area it is about, a community or below'),
})

const measuresSchema = z.object({
  texts: z.int().describe('Texts held out'),
  labels: z.int().describe('Kinds among them'),
  accuracy: z.number().describe('Share guessed right'),
  macroF1: z.number().describe('Mean over the kinds of precision and recall together'),
  coverage: z.number().describe('Share about which it was sure'),
  precision: z
    .number()
    .nullable()
    .describe('Share right of those about which it was sure; null: it never was'),
})

export const figuresSchema = z.object({
  model: z
    .object({
      version: z.int().describe('Which model'),
      trainedAt: z.iso.datetime().describe('When it learned'),
      texts: z.int().describe('How many requests it learned from'),
      category: measuresSchema.nullable().describe('On texts held out; null while there are too few'),
      urgency: measuresSchema.nullable().describe('On texts held out; null while there are too few'),
    })
    .nullable()
    .describe('The newest model; null while the district has none'),
  followed: z
    .array(
      z.object({
        what: z.enum(['category', 'urgency', 'handler']).describe('Which suggestion'),
        offered: z.int().describe('Suggested with confidence, and decided since'),
        followed: z.int().describe('Decided as suggested'),
      }),
    )
    .describe('What officers did with the suggestions of the last 90 days, as far as you may read'),
})
export type Figures = z.infer<typeof figuresSchema>

export const alikeSchema = z.object({
  items: z
    .array(
      z.object({
        id: z.uuid().describe('The earlier request'),
        code: z.string().describe('Its short code'),
        title: z.string().describe('Its short name'),
        answer: z.string().describe('How it was answered, as it stands'),
        start: z
          .string()
          .describe('The same with a gap wherever it names people, places or figures of that case'),
        by: z.string().nullable().describe('Name of who answered'),
        answeredAt: z.iso.datetime().describe('When'),
        satisfaction: z.enum(['satisfied', 'fair', 'silent']).describe('The word of its reporter'),
        because: reasons,
      }),
    )
    .describe('Solved ones of the same category nearby, the most alike first; only such as you may read'),
})
export type Alike = z.infer<typeof alikeSchema>
