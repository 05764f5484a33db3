import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  Life,
  accept,
  communityDesk,
  everyone,
  firm,
  fitting,
  hour,
  iso,
  lifeTo,
  path,
  reporter,
} from '#tests/life.ts'
import { joinedSteps, offerSteps } from '#tests/random-story.ts'
import { canonical } from '#kernel/canonical.ts'
import { brokenAt, genesis, linkHash, seal, withoutTexts } from './chain.ts'
import type { Link } from './chain.ts'
import { commandSchema } from './commands.ts'
import { entryKinds } from './lifecycle.ts'
import { abilitiesOf } from './rules.ts'
import { fold } from './standing.ts'
import type { Entry } from './entry.ts'

/** RQ2 and RQ15: history cannot be changed unseen, and what people wrote in it can be erased all the same. */

const salt = Buffer.alloc(16, 7)

function linked(story: readonly Entry[]): Link[] {
  let before: Buffer = genesis
  return story.map((entry, index) => {
    const sealed = seal(entry, salt)
    before = linkHash(before, 'request', index + 1, entry, sealed)
    return { seq: index + 1, entry, sealed, hash: before }
  })
}

/** What the database still has of an entry once its texts are erased. */
function erased(link: Link): Link {
  const sealed = { ...link.sealed, words: null, texts: null, salt: null }
  return { ...link, sealed, entry: withoutTexts(link) }
}

const life = lifeTo(
  [reporter, { kind: 'note', words: '孩子差点摔下去', visible: true, attachments: [] }],
  [communityDesk, { ...accept, points: ['换井盖', '赔鞋'] }],
  [communityDesk, { kind: 'assign', lead: { organisation: 'firm' }, assisting: [], words: '' }],
  [communityDesk, { kind: 'supervise', demand: '今天办完' }],
  [firm, { kind: 'take', words: '' }],
)
const story = linked(life.story)

describe('RQ2 the chain of a story', () => {
  test('is whole as it was written', () => expect(brokenAt('request', story)).toBeNull())

  test.each<[string, (link: Link) => Link]>([
    ['another time', (link) => ({ ...link, entry: { ...link.entry, at: '2026-11-20T00:00:00.000Z' } })],
    ['other words', (link) => ({ ...link, sealed: { ...link.sealed, words: '谁都没事' } })],
    ['other points', (link) => ({ ...link, sealed: { ...link.sealed, texts: { points: ['换井盖'] } } })],
    ['words without a salt', (link) => ({ ...link, sealed: { ...link.sealed, words: '补的', salt: null } })],
    [
      'one point fewer among the facts',
      (link) => ({ ...link, sealed: { ...link.sealed, data: { ...link.sealed.data, points: [''] } } }),
    ],
  ])('shows %s', (_, forge) => {
    expect(brokenAt('request', story.with(2, forge(story[2]!)))).toBe(3)
  })

  test('shows a removed entry', () => expect(brokenAt('request', story.toSpliced(2, 1))).toBe(4))

  test('RQ15 is whole when any texts in it are erased', () => {
    expect(brokenAt('request', story.map(erased))).toBeNull()
    expect(brokenAt('request', story.with(2, erased(story[2]!)))).toBeNull()
  })

  test('RQ15 folds to the same standing after erasing, but for what the points said', () => {
    const after = story.map(erased).map(({ entry }) => entry)
    expect(fold(after)).toEqual({ ...life.standing, points: ['', ''] })
    expect(fold(story.map(({ entry }) => entry))).toEqual(life.standing)
  })
})

const mark = '写'
type Schema = z.core.JSONSchema.JSONSchema

/** Every command a contract lets in, once for each choice it offers; what somebody writes freely is the mark. */
function examples(schema: Schema): unknown[] {
  if (schema.const !== undefined) return [schema.const]
  if (schema.enum) return schema.enum
  if (schema.anyOf) return schema.anyOf.flatMap((one) => examples(one as Schema))
  if (schema.type === 'boolean') return [true, false]
  if (schema.type === 'string') return [schema.format || schema.pattern ? 'firm' : mark]
  if (schema.type === 'array') return examples(schema.items as Schema).map((one) => [one])
  if (schema.type !== 'object') return [0]
  let found: Record<string, unknown>[] = [{}]
  for (const [key, inner] of Object.entries(schema.properties ?? {}))
    found = found.flatMap((one) => examples(inner as Schema).map((value) => ({ ...one, [key]: value })))
  return found
}

const all = z.toJSONSchema(commandSchema, { io: 'input' })
const commands = (all.oneOf ?? all.anyOf ?? [])
  .flatMap((one) => examples(one as Schema) as ({ kind: string } & Record<string, unknown>)[])
  .map(({ id: _, ...command }) => command as { kind: string })

/** Every entry that some story can hold, found by trying everything everywhere. */
function everyEntry(): Entry[] {
  const made = new Map<string, Entry>()
  const known = new Set<string>()
  const steps: ((life: Life) => void)[] = [
    ...everyone.flatMap((actor) =>
      commands.map((command) => (life: Life) => void life.do(actor, fitting(life, command))),
    ),
    ...joinedSteps.map(
      (step) => (life: Life) => void life.joins({ id: `joined-${life.story.length}`, ...step }, 'desk'),
    ),
    ...joinedSteps.map(
      (step) => (life: Life) => void life.joins({ id: `joined-${life.story.length}`, ...step }),
    ),
    ...offerSteps.map((step) => (life: Life) => void life.offers(step)),
    (life) => life.wait(20 * 24 * hour),
    (life) => void life.follow(),
    (life) => void (life.takeIn() ?? life.letGo()),
  ]
  let reached: Life[] = [new Life()]
  while (reached.length > 0) {
    const next: Life[] = []
    for (const life of reached)
      for (const step of steps) {
        const one = Object.assign(new Life(), life, { story: [...life.story] })
        step(one)
        if (one.story.length === life.story.length) continue
        for (const entry of one.story.slice(life.story.length))
          made.set(canonical({ ...entry, id: '' }), entry)
        const where = canonical([
          one.standing.proposal?.what ?? null,
          ...everyone.map((actor) => abilitiesOf(one.standing, path, actor, iso(one.now))),
        ])
        if (known.has(where)) continue
        known.add(where)
        next.push(one)
      }
    reached = next
  }
  return [...made.values()]
}

test('RQ15 nothing that anybody writes into an entry stays once its texts are erased', () => {
  const found = everyEntry()
  expect(new Set(found.map(({ kind }) => kind))).toEqual(
    new Set(entryKinds.filter((kind) => kind !== 'submit')),
  )
  const written = linked(found)
  expect(written.filter((link) => canonical(link.entry).includes(mark)).length).toBeGreaterThan(10)
  for (const link of written) {
    const {
      sealed: { words, texts, salt: _, ...kept },
      entry: { words: __, data: ___, ...facts },
    } = erased(link)
    expect(words ?? texts).toBeNull()
    expect(canonical({ kept, facts }), link.entry.kind).not.toContain(mark)
  }
}, 240_000)
