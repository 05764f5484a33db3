import type { Carried, MailProvider } from '#access/carrier.ts'
import type { SmsProvider } from '#access/sms.ts'
import type { Keys } from '#kernel/keys.ts'
import type { Addressed } from './address.ts'
import type { FailureReason } from './contract.ts'
import { digestLetter, letterOf } from './letter.ts'
import type { Due } from './outbox-store.ts'
import { noPush } from './push.ts'
import type { PushProvider } from './push.ts'
import { noRobots } from './robot-carrier.ts'
import type { RobotProvider } from './robot-carrier.ts'
import { erasedParams, fillWords, plainFrames } from './rules.ts'
import { wordsAt } from './templates.ts'

/** Hands one message to whoever carries it, in the words of its way. */

export type CarryDeps = {
  sms: Pick<SmsProvider, 'send'>
  mail: Pick<MailProvider, 'send'>
  push?: Pick<PushProvider, 'send'>
  robots?: Pick<RobotProvider, 'send'>
  keys: Keys
  /** Where the product stands, for links. */
  publicUrl: string | undefined
}

export type Tried = Carried | { ok: false; without: FailureReason }

export async function carry(one: Addressed, deps: CarryDeps): Promise<Tried> {
  const failed = (error: unknown): Carried => ({ ok: false, reason: String(error), again: 'unknown' })
  switch (one.channel) {
    case 'sms':
      return one.phone === null
        ? { ok: false, without: 'no_phone' }
        : deps.sms.send(one.phone, shortOf(one), one.id).catch(failed)
    case 'email':
      return one.email === null
        ? { ok: false, without: 'no_email' }
        : deps.mail.send({ ...mailOf(one, deps), to: one.email, key: keyOf(one) }).catch(failed)
    case 'push':
      return pushed(one, deps).catch(failed)
    case 'robot':
      return posted(one, deps).catch(failed)
    case 'in_app':
      return { ok: true }
  }
}

/** The words of one message, by its way and in the language of whoever gets it. */
function saidIn({ own, language }: Addressed, { template, channel, params, reporter, at }: Due) {
  const audience = reporter ? 'reporter' : 'serving'
  const { words, subject } = wordsAt(own, { template, channel, audience, language, at })
  return { audience, subject, words, text: fillWords(words, params), at } as const
}

/** NT16: of several the number, on a screen that others may see or where letters are counted. */
function shortOf(one: Addressed): string {
  if (one.all.length === 1) return saidIn(one, one).text
  return fillWords(plainFrames[one.language].digest.plain, { count: one.all.length })
}

/** The same for every try of the same letter. */
function keyOf({ id, bundle, all }: Addressed): string {
  return all.length === 1 ? id : (bundle ?? id)
}

function mailOf(one: Addressed, { publicUrl }: CarryDeps) {
  const { language } = one
  if (one.all.length > 1)
    return digestLetter(
      one.all.map((each) => saidIn(one, each)),
      language,
    )
  const { audience, subject, words, text } = saidIn(one, one)
  return letterOf({
    text,
    subject,
    params: erasedParams(words, one.params, language),
    audience,
    language,
    link: publicUrl && one.request ? `${publicUrl.replace(/\/$/, '')}${pageOf(one)}` : null,
  })
}

/** Where a notice opens: the matter itself where that door has a page for it, else the list of notices. */
function pageOf({ request, reporter, browser, all }: Addressed): string {
  const about = all.length === 1 ? request : null
  if (browser?.door === 'field') return '/field'
  if (reporter) return about ? `/mine/${about}` : '/notices'
  return about ? `/console/inbox/${about}` : '/console'
}

async function pushed(one: Addressed, { push = noPush }: CarryDeps): Promise<Tried> {
  const { browser, language, urgent } = one
  if (!browser) return { ok: false, without: 'gone' }
  const notice = {
    title: plainFrames[language].title,
    body: shortOf(one),
    url: pageOf(one),
    tag: keyOf(one),
    language,
  }
  return push.send(browser, notice, { urgent })
}

async function posted(one: Addressed, { robots = noRobots, publicUrl }: CarryDeps): Promise<Tried> {
  const { robot, params, id } = one
  if (!robot) return { ok: false, without: 'gone' }
  const link = publicUrl && one.request ? `${publicUrl.replace(/\/$/, '')}${pageOf(one)}` : ''
  const code = params['code']
  return robots.send(robot, {
    text: saidIn(one, one).text,
    code: code === undefined ? '' : String(code),
    link,
    key: id,
  })
}
