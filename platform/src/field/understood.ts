import { checkInput } from '#kernel/input.ts'
import { refuse } from '#kernel/problem.ts'
import type { Language } from '#kernel/problem.ts'
import { entryKinds } from './contract.ts'
import type { EntryKind, Fate, FieldEntry } from './contract.ts'
import { entryData } from './entries.ts'
import type { EntryOf } from './entries.ts'

/** What a phone sent, in words that are understood, and what can come of it. */

/** An entry whose words are understood. */
export type Understood = { [Kind in EntryKind]: { kind: Kind; data: EntryOf<Kind> } }[EntryKind]
export type Entered = Understood & { id: string; base?: number | undefined; madeAt: string }

/** What came of it. */
export type Deed = {
  fate: Fate
  path: string | null
  contested?: string[]
  requests?: string[]
  reads?: { household: string; path: string; at: string }[]
}

const isKind = (kind: string): kind is EntryKind => (entryKinds as readonly string[]).includes(kind)

/** Checks what an entry says. @throws Refusal naming each wrong field from `body` on */
export function understand(
  { kind, data }: Pick<FieldEntry, 'kind' | 'data'>,
  language: Language,
): Understood {
  if (!isKind(kind))
    return refuse('input.invalid', { field: 'kind', expected: entryKinds.join(', '), params: { count: 1 } })
  return { kind, data: checkInput(entryData[kind], data, 'body', language) } as Understood
}

/** Households that an entry names, before it is understood. */
export function householdsIn({ data }: Pick<FieldEntry, 'data'>): string[] {
  const reads = Array.isArray(data['reads']) ? (data['reads'] as unknown[]) : []
  const named = [data, ...reads].map((one) =>
    typeof one === 'object' && one !== null && 'household' in one ? one.household : undefined,
  )
  return named.filter(
    (id) => typeof id === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id),
  ) as string[]
}
