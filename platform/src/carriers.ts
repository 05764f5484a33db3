import type { MailProvider } from '#access/carrier.ts'
import { demoMail, noMail } from '#access/carrier.ts'
import { httpSms } from '#access/sms-http.ts'
import { demoSms, noSms } from '#access/sms.ts'
import type { SmsProvider } from '#access/sms.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Config } from '#kernel/config.ts'
import type { Keys } from '#kernel/keys.ts'
import { smtpMail } from '#notify/mail.ts'
import { noPush, webPush } from '#notify/push.ts'
import type { PushProvider } from '#notify/push.ts'
import { demoRobots, httpRobots, noRobots } from '#notify/robot-carrier.ts'
import type { RobotProvider } from '#notify/robot-carrier.ts'

/** What leaves the installation leaves by one of these; server and worker choose them alike. */

/** What carries messages out of the installation. The demonstration shows what it would send, unless told where to. */
export type Carriers = { sms: SmsProvider; mail: MailProvider; push: PushProvider; robots: RobotProvider }

export function carriersFor(mode: Config['mode']): Carriers {
  return mode === 'demo'
    ? { sms: demoSms, mail: demoMail, push: noPush, robots: demoRobots }
    : { sms: noSms, mail: noMail, push: noPush, robots: noRobots }
}

export function carriersOf(config: Config, keys: Keys, clock: Clock): Carriers {
  const { mode, sms, mail, pushOrigins, robotOrigins, publicUrl } = config
  const standard = carriersFor(mode)
  const answersFor = mail ? `mailto:${mail.from}` : publicUrl?.startsWith('https:') ? publicUrl : undefined
  return {
    sms: sms ? httpSms(sms, clock) : standard.sms,
    mail: mail ? smtpMail(mail) : standard.mail,
    push:
      pushOrigins.length > 0
        ? webPush({ origins: pushOrigins, subject: answersFor }, keys, clock)
        : standard.push,
    robots: robotOrigins.length > 0 ? httpRobots({ origins: robotOrigins }, clock) : standard.robots,
  }
}
