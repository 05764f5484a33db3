import type { Letter } from '#access/carrier.ts'
import frameEn from './messages/mail.en.json' with { type: 'json' }
import frameZh from './messages/mail.zh-CN.json' with { type: 'json' }
import { fillWords, plainFrames } from './rules.ts'
import type { Audience, Params } from './rules.ts'

/** What a letter looks like: plain text, and the same as the least of html. Nothing is loaded from anywhere. */

const frames = { 'zh-CN': frameZh, en: frameEn }

/** A line break in a subject would begin a header of somebody else's making. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

type Content = {
  text: string
  /** The district's own subject; the product's when null. */
  subject: string | null
  params: Params
  audience: Audience
  language: 'zh-CN' | 'en'
  /** The request's page; null where the installation has not said where people reach it. */
  link: string | null
}

export function letterOf({
  text,
  subject,
  params,
  audience,
  language,
  link,
}: Content): Pick<Letter, 'subject' | 'text' | 'html'> {
  const frame = frames[language]
  return framed(oneLine(fillWords(subject ?? frame.subject[audience], params)), text, language, link)
}

/** NT16: the one letter of the day, each notice a line with its time. */
export function digestLetter(
  notices: readonly { text: string; at: string }[],
  language: 'zh-CN' | 'en',
): Pick<Letter, 'subject' | 'text' | 'html'> {
  const { subject, head, line } = plainFrames[language].digest
  const count = { count: notices.length }
  const lines = notices.map(({ text, at }) => fillWords(line, { text: oneLine(text), at: timeOf(at) }))
  return framed(fillWords(subject, count), [fillWords(head, count), ...lines].join('\n'), language, null)
}

/** 11-20 09:05 on the wall clock, the same in both languages. */
function timeOf(at: string): string {
  const { month, day, hour, minute } = Temporal.Instant.from(at).toZonedDateTimeISO('Asia/Shanghai')
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`
}

/** The letter that proves an address. */
export function codeLetter(
  code: string,
  minutes: number,
  language: 'zh-CN' | 'en',
): Pick<Letter, 'subject' | 'text' | 'html'> {
  const { subject, words } = frames[language].code
  return framed(subject, fillWords(words, { code, minutes }), language, null)
}

function framed(
  subject: string,
  text: string,
  language: 'zh-CN' | 'en',
  link: string | null,
): Pick<Letter, 'subject' | 'text' | 'html'> {
  const { hello, foot, open } = frames[language]
  const paragraph = (inner: string) => `<p>${inner}</p>`
  return {
    subject,
    text: [hello, text, ...(link ? [`${open}\n${link}`] : []), '-- ', foot]
      .join('\n\n')
      .replace('-- \n\n', '-- \n'),
    html: [
      '<!doctype html>',
      `<html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
      '<body style="font:16px/1.6 sans-serif;color:#1f2328">',
      paragraph(escaped(hello)),
      paragraph(escaped(text).replaceAll('\n', '<br>')),
      ...(link ? [paragraph(`<a href="${escaped(link)}">${escaped(open)}</a>`)] : []),
      `<p style="color:#6b6f76;font-size:13px">${escaped(foot)}</p>`,
      '</body></html>',
    ].join('\n'),
  }
}
