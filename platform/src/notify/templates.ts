import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { channels } from './contract.ts'
import { defaultSubject, gapsOf, standardWords, templates, valuesOf } from './rules.ts'
import type { Template, TemplateChange } from './template-contract.ts'
import { addTemplate, allTemplates } from './templates-store.ts'
import type { Place, TemplateRow } from './templates-store.ts'

/** The words of messages: the district's own where it has any, over those that come with the product. */

export type OwnWords = ReadonlyMap<string, readonly TemplateRow[]>

const keyOf = ({ template, channel, audience, language }: Place): string =>
  `${template} ${channel} ${audience} ${language}`

/** All changes of the transaction's district, by what they are for. */
export async function ownWords(trx: Trx): Promise<OwnWords> {
  return Map.groupBy(await allTemplates(trx), keyOf)
}

const later = (one: TemplateRow, other: TemplateRow) =>
  Date.parse(other.validFrom) - Date.parse(one.validFrom) || other.version - one.version

/** The change in force at an instant: the one with the latest day before it, and of those of one day the last made. */
function changeAt(own: OwnWords, place: Place, at: string): TemplateRow | undefined {
  return own
    .get(keyOf(place))
    ?.filter(({ validFrom }) => Date.parse(validFrom) <= Date.parse(at))
    .toSorted(later)[0]
}

/** NT8: what is said for a message told at an instant; a change afterwards does not reword it (RQ16). */
export function wordsAt(
  own: OwnWords,
  { at, ...place }: Place & { at: string },
): { words: string; subject: string | null } {
  const change = changeAt(own, place, at)
  return {
    words: change?.words ?? standardWords(place.template, place.channel, place.audience, place.language),
    subject: change?.words ? change.subject : null,
  }
}

/** Those who serve get no text messages; robots stand in the chat groups of organisations. */
const notTold: Readonly<Record<string, readonly string[]>> = { serving: ['sms'], reporter: ['robot'] }

/** All places where a message has words. */
function places(): Place[] {
  return templates.flatMap((template) =>
    (['reporter', 'serving'] as const).flatMap((audience) =>
      channels
        .filter((channel) => !notTold[audience]?.includes(channel))
        .flatMap((channel) =>
          (['zh-CN', 'en'] as const).map((language) => ({ template, channel, audience, language })),
        ),
    ),
  )
}

/** The words of every message as they are in force. */
export async function listTemplates(trx: Trx, at: string): Promise<Template[]> {
  const own = await ownWords(trx)
  return places().map((place) => templateAt(own, place, at))
}

function templateAt(own: OwnWords, place: Place, at: string): Template {
  const rows = own.get(keyOf(place)) ?? []
  const change = changeAt(own, place, at)
  const coming = rows
    .filter(({ validFrom }) => Date.parse(validFrom) > Date.parse(at))
    .map(({ validFrom }) => validFrom)
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))[0]
  const standardSubject = place.channel === 'email' ? defaultSubject(place.audience, place.language) : null
  const { words, subject } = wordsAt(own, { ...place, at })
  return {
    ...place,
    words,
    subject: subject ?? standardSubject,
    own: (change?.words ?? null) !== null,
    standard: standardWords(place.template, place.channel, place.audience, place.language),
    standardSubject,
    ...valuesOf(place.template, place.channel, place.audience, place.language),
    coming: coming ?? null,
    version: rows.length,
  }
}

/**
 * NT8: changes the words from now or from a later day on. Nothing is written over; what was told before keeps its words.
 * @param version the number of changes the caller saw
 */
export async function changeTemplate(
  trx: Trx,
  template: string,
  version: number,
  change: TemplateChange,
  by: { person: string | null; now: string },
): Promise<Template> {
  const place: Place = {
    template,
    channel: change.channel,
    audience: change.audience,
    language: change.language,
  }
  if (!places().some((one) => keyOf(one) === keyOf(place))) refuse('record.not_found')
  if (change.validFrom && Date.parse(change.validFrom) < Date.parse(by.now))
    refuse('input.invalid', { field: 'body.validFrom', expected: by.now, params: { count: 1 } })
  checkWords(place, change)
  const before = (await ownWords(trx)).get(keyOf(place))?.length ?? 0
  const added =
    before === version &&
    (await addTemplate(trx, {
      ...place,
      version: version + 1,
      validFrom: change.validFrom ?? by.now,
      words: change.words,
      subject: change.words === null || place.channel !== 'email' ? null : change.subject,
      setBy: by.person,
      setAt: by.now,
    }))
  if (!added) refuse('changed_meanwhile')
  return templateAt(await ownWords(trx), place, by.now)
}

/** What stands in the words must be known of this message, and what names the request must stand in it. */
function checkWords(place: Place, { words, subject }: TemplateChange): void {
  const { values, needed } = valuesOf(place.template, place.channel, place.audience, place.language)
  const shown = (names: readonly string[]) => names.map((name) => `{${name}}`).join(' ')
  for (const [field, text] of [
    ['body.words', words],
    ['body.subject', subject],
  ] as const) {
    const unknown = gapsOf(text ?? '').filter((name) => !values.includes(name))
    if (unknown.length > 0)
      refuse('template.unknown_value', { field, params: { names: shown(unknown), known: shown(values) } })
  }
  if (words === null) return
  const missing = needed.filter((name) => !gapsOf(words).includes(name))
  if (missing.length > 0)
    refuse('template.missing_value', { field: 'body.words', params: { names: shown(missing) } })
}

/** Every change a message's words have had or will have, newest first. */
export async function templateHistory(trx: Trx, place: Place): Promise<TemplateRow[]> {
  return ((await ownWords(trx)).get(keyOf(place)) ?? []).toReversed()
}
