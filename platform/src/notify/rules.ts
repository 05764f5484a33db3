import type { Channel } from './contract.ts'
import { kindOf } from './kinds.ts'
import en from './messages/en.json' with { type: 'json' }
import frameEn from './messages/mail.en.json' with { type: 'json' }
import frameZh from './messages/mail.zh-CN.json' with { type: 'json' }
import plainEn from './messages/plain.en.json' with { type: 'json' }
import plainZh from './messages/plain.zh-CN.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }

/** What a message says, when it is tried again, and when it counts as delivered. Pure. */

export type Params = Record<string, string | number>
/** Who reads it: whoever said something, or those who serve. */
export type Audience = 'reporter' | 'serving'

const catalogues: Record<'zh-CN' | 'en', Record<string, Record<Audience, string>>> = { 'zh-CN': zh, en }

const frame = { zh: frameZh, en: frameEn }

export const templates: readonly string[] = Object.keys(zh)

export function isTemplate(template: string): boolean {
  return Object.hasOwn(zh, template)
}

/** What stands where an erased message named its request. */
const gone: Record<'zh-CN' | 'en', string> = { 'zh-CN': frame.zh.erased, en: frame.en.erased }

/** The product's own words; the template's name where it has none, so that a test finds it. */
function defaultWords(template: string, audience: Audience, language: 'zh-CN' | 'en'): string {
  return catalogues[language][template]?.[audience] ?? template
}

type Plain = {
  title: string
  coded: Record<Audience, Readonly<Record<string, string>>>
  bare: Record<Audience, Readonly<Record<string, string>>>
  templates: Readonly<Record<string, Partial<Record<Audience, string>>>>
  digest: Record<'subject' | 'head' | 'plain' | 'line', string>
}

/** What is said where others may read along: on a locked screen, in a chat group. No name, no words of anybody's. */
export const plainFrames: Record<'zh-CN' | 'en', Plain> = { 'zh-CN': plainZh, en: plainEn }

/** Ways by which only plain words go. */
const plainWays: readonly Channel[] = ['push', 'robot']

/** NT19: the plain words of a template; of one that has none of its own, those of its kind. */
function plainWords(template: string, audience: Audience, language: 'zh-CN' | 'en'): string {
  const frame = plainFrames[language]
  const own = frame.templates[template]?.[audience]
  if (own !== undefined) return own
  const isCoded = gapsOf(defaultWords(template, audience, language)).includes('code')
  return (isCoded ? frame.coded : frame.bare)[audience][kindOf(template, audience)] ?? template
}

/** The product's own words for a way. */
export function standardWords(
  template: string,
  channel: Channel,
  audience: Audience,
  language: 'zh-CN' | 'en',
): string {
  return plainWays.includes(channel)
    ? plainWords(template, audience, language)
    : defaultWords(template, audience, language)
}

/** The product's own subject of a letter. */
export function defaultSubject(audience: Audience, language: 'zh-CN' | 'en'): string {
  return (language === 'en' ? frame.en : frame.zh).subject[audience]
}

/** Names of the placeholders in a text, each once. */
export function gapsOf(words: string): string[] {
  return [...new Set([...words.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))]
}

/**
 * Which values a message brings: those of the product's own words, whoever reads them. Needed is its code, by which a
 * reader knows what it is about; where there is none, whatever the product's words name.
 */
export function valuesOf(
  template: string,
  channel: Channel,
  audience: Audience,
  language: 'zh-CN' | 'en',
): { values: string[]; needed: string[] } {
  if (plainWays.includes(channel))
    return {
      values: gapsOf(defaultWords(template, audience, language)).filter((name) => name === 'code'),
      needed: [],
    }
  const all = (['reporter', 'serving'] as const).flatMap((one) =>
    gapsOf(defaultWords(template, one, language)),
  )
  const own = gapsOf(defaultWords(template, audience, language))
  return { values: [...new Set(all)], needed: own.includes('code') ? ['code'] : own }
}

/** Fills `{name}`. A value that is missing stays visible, so that a test finds it. */
export function fillWords(words: string, params: Params): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** The values of a message whose words were erased (RQ15): its code, and a word for everything else. */
export function erasedParams(words: string, params: Params, language: 'zh-CN' | 'en'): Params {
  return { ...Object.fromEntries(gapsOf(words).map((name) => [name, gone[language]])), ...params }
}

/** The words of a message, as the product says them. */
export function textOf(
  template: string,
  audience: Audience,
  params: Params,
  language: 'zh-CN' | 'en',
): string {
  return fillWords(defaultWords(template, audience, language), params)
}

/** Minutes until a message that did not go out is tried again, after the first, second ... try. */
const waits = [1, 5, 30, 120] as const

/** NT3: five tries in all. */
export const mostTries = waits.length + 1

/** A provider that asks for more patience (Retry-After) gets it, up to six hours. */
const longestAsked = 6 * 3_600

/** Seconds to wait after so many tries; null when there is no further one. @param asked seconds the provider asked for */
export function waitAfter(tries: number, asked = 0): number | null {
  const minutes = waits[tries - 1]
  return minutes === undefined ? null : Math.max(minutes * 60, Math.min(asked, longestAsked))
}

/** One message of a notice: what became of it. */
export type Sending = { channel: Channel; state: string; reason: string | null; read: boolean }

/** Nobody left an address of this kind: the way does not exist for them. */
const noWay: readonly (string | null)[] = ['no_phone', 'no_email']
/** What a push service or a robot took was shown to somebody, or not: that is no delivery. */
const outsideWays: readonly Channel[] = ['sms', 'email']

/**
 * NT5: a notice is delivered when a text message or a letter went out, when it was opened in the app, or when the app is
 * the only way there is to this person. One that failed or still waits is no delivery.
 */
export function isDelivered(sendings: readonly Sending[]): boolean {
  const outside = sendings.filter(
    ({ channel, reason }) => outsideWays.includes(channel) && !noWay.includes(reason),
  )
  const inApp = sendings.filter(({ channel }) => channel === 'in_app')
  if (outside.some(({ state }) => state === 'sent') || inApp.some(({ read }) => read)) return true
  return outside.length === 0 && inApp.length > 0
}

/** What a carrier says may name the number or the address; only the rest is kept. */
export function withoutNumbers(reason: string): string {
  return reason
    .replace(/[^\s<>@,;:"'()]+@[^\s<>@,;:"'()]+/g, '***')
    .replace(/\d{7,}/g, '***')
    .slice(0, 200)
}
