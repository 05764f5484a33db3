import nodemailer from 'nodemailer'
import type { Carried, MailProvider } from '#access/carrier.ts'
import { isLoopback } from '#kernel/config.ts'
import frame from './messages/mail.zh-CN.json' with { type: 'json' }

/** Letters by SMTP, through the mail server of the installation. */

export type MailSettings = {
  /** `smtps://user:password@host:465` or `smtp://host:25` */
  url: string
  from: string
  /** Certificates to trust beside the system's, PEM. */
  ca?: string
}

/** Milliseconds; a server that hangs costs one letter no more than their sum. */
const patience = { connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 15_000 } as const

type SmtpError = Error & { responseCode?: number; response?: string; command?: string; code?: string }

/**
 * A 4xx answer and a server out of reach pass; a 5xx answer about this letter does not. A connection that breaks is tried
 * again, as SMTP itself asks (RFC 5321, 4.5.4.1): the Message-ID is the same every time, so a mailbox shows the letter once.
 */
function judged(error: SmtpError): Carried {
  const { responseCode = 0, response, command = '' } = error
  const reason = response ?? `${error.code ?? ''} ${error.message}`.trim()
  // A refused login or sender is for the operator to mend, and no fault of the letter.
  const isAboutLetter = /^(RCPT TO|DATA)$/.test(command)
  return { ok: false, reason, again: responseCode >= 500 && isAboutLetter ? 'never' : 'later' }
}

export function smtpMail({ url, from, ca }: MailSettings): MailProvider {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const transport = nodemailer.createTransport({
    host: hostname,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    // Beyond this machine nothing is sent, and no password said, without TLS.
    requireTLS: !secure && !isLoopback(hostname),
    ...(username && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    ...(ca && { tls: { ca } }),
    ...patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.split('@').at(-1) ?? 'localhost'
  return {
    shown: false,
    able: true,
    async send({ to, subject, text, html, key }) {
      try {
        await transport.sendMail({
          from: { name: frame.from, address: from },
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${key}@${domain}>`,
          // So that no holiday answer comes back (RFC 3834).
          headers: { 'auto-submitted': 'auto-generated' },
          textEncoding: 'base64',
        })
        return { ok: true }
      } catch (error) {
        return judged(error as SmtpError)
      }
    },
  }
}
