/** What a carrier of messages (text messages, e-mail) says of one it was given. */
export type Carried =
  | { ok: true }
  | {
      ok: false
      reason: string
      /**
       * `later`: surely not taken, and worth another try (the default). `never`: not taken, and never will be. `unknown`: it
       * may have been taken; what costs or annoys is not sent a second time by itself.
       */
      again?: 'later' | 'never' | 'unknown'
      /** Of `later`: seconds that the provider asked to be left alone. */
      wait?: number
      /** Of `never`: where it went is no more. */
      gone?: boolean
    }

/** A letter by e-mail. */
export type Letter = {
  to: string
  subject: string
  text: string
  html: string
  /** Names the letter for ever; the same for every try, so that a mailbox shows it once. */
  key: string
}

/** What carries letters. An installation names its mail server; the demonstration shows instead of sending. */
export type MailProvider = {
  /** Whether codes are shown on the page because nothing is really sent. */
  shown: boolean
  /** Whether letters can be sent at all; without, nobody is asked for an address. */
  able: boolean
  send(letter: Letter): Promise<Carried>
}

export const demoMail: MailProvider = { shown: true, able: true, send: async () => ({ ok: true }) }

/** An installation without a mail server: every letter fails with the reason, visibly (RQ17). */
export const noMail: MailProvider = {
  shown: false,
  able: false,
  send: async () => ({ ok: false, reason: 'no_provider', again: 'never' }),
}
