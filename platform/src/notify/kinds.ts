import kindsOf from './data/kinds.json' with { type: 'json' }

/** Kinds of news, for choosing what one is told by which way. Pure. */

/**
 * `word`: an answer or a question that waits for one's word. `work`: something came to me or to my desk. `deadline`: due
 * soon, overdue, supervised. `progress`: everything else; so a template that nobody sorted in is still told.
 */
export const kinds = ['word', 'work', 'deadline', 'progress'] as const
export type Kind = (typeof kinds)[number]

/** Kinds that concern whoever said something, and those who serve. */
export const kindsFor = {
  reporter: ['word', 'progress'],
  serving: ['work', 'deadline', 'word', 'progress'],
} as const satisfies Record<string, readonly Kind[]>

const sorted: Readonly<Record<string, readonly string[]>> = kindsOf

/** A template ending in `.remind` is a reminder, `.supervise` of a deadline too; the others stand in data/kinds.json. */
export function kindOf(template: string, audience: 'reporter' | 'serving'): Kind {
  if (/\.(?:remind|supervise|late)$/.test(template)) return audience === 'serving' ? 'deadline' : 'progress'
  const found = kindsFor[audience].find((kind) => sorted[`${audience}.${kind}`]?.includes(template))
  return found ?? 'progress'
}

/** A reminder is a nudge: it waits out quiet hours however urgent the matter is, and is never sent at midnight. */
export function isPatient(template: string): boolean {
  return template.endsWith('.remind')
}

/** What is not wanted by which way, as it is kept: `progress:sms`. */
export function isDeclined(declined: readonly string[], kind: Kind, way: string): boolean {
  return declined.includes(`${kind}:${way}`)
}
