import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { startMailServer } from '#tests/outside.ts'
import { letterOf } from './letter.ts'
import { smtpMail } from './mail.ts'

/** NT10: letters through a real mail server that accepts, refuses, is busy, or goes away in the middle. */

const close: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const one of close.splice(0)) await one()
})

async function mailServer(options: SMTPServerOptions = {}, login = '') {
  const server = await startMailServer(options)
  close.push(server.close)
  const { got, port } = server
  return {
    got,
    port,
    mail: smtpMail({ url: `smtp://${login}127.0.0.1:${port}`, from: 'chuanmen@example.org' }),
  }
}

/** One that speaks only as far as told, and then hangs up. */
async function rudeServer(answers: readonly string[]) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    const left = [...answers]
    const say = () => {
      const next = left.shift()
      if (next === undefined) socket.destroy()
      else socket.write(`${next}\r\n`)
    }
    say()
    socket.on('data', say)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return smtpMail({ url: `smtp://127.0.0.1:${port}`, from: 'chuanmen@example.org' })
}

const content = letterOf({
  text: '您说的“楼道灯坏了，老人上下楼看不见”（GY-2611-000001）有答复了。<b>请看</b>',
  subject: null,
  params: { code: 'GY-2611-000001' },
  audience: 'reporter',
  language: 'zh-CN',
  link: 'https://chuanmen.example.org/mine/1',
})
const letter = { ...content, to: 'qian@example.org', key: '0197-key' }

/** Header lines, unfolded. */
const headers = (raw: string) => (raw.split('\r\n\r\n')[0] ?? '').replaceAll(/\r\n[ \t]+/g, ' ')

/** RFC 2047, as a mail program reads it. */
const decoded = (text: string) =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?b\?([^?]+)\?=/gi, (_, base64: string) => Buffer.from(base64, 'base64').toString())
    .replaceAll(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, quoted: string) =>
      Buffer.from(
        quoted
          .replaceAll('_', ' ')
          .replaceAll(/=([\dA-F]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      ).toString(),
    )

const bodies = (raw: string) =>
  [...raw.matchAll(/Content-Type: (text\/\w+)[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/gi)].map(
    ([, type, base64]) => ({
      type,
      text: Buffer.from(base64 ?? '', 'base64').toString(),
    }),
  )

describe('NT10 a letter', () => {
  test('arrives with its Chinese subject, plain and as html, under an id that is always the same', async () => {
    const { got, mail } = await mailServer()
    expect(await mail.send(letter)).toEqual({ ok: true })
    expect(await mail.send(letter)).toEqual({ ok: true })
    const [first, second] = got
    expect(first?.to).toEqual(['qian@example.org'])
    const head = headers(first?.raw ?? '')
    expect(head).toMatch(/^Subject: =\?/m)
    expect(decoded(/^Subject: (.*)$/m.exec(head)?.[1] ?? '')).toBe('您说的事有新进展：GY-2611-000001')
    expect(head).toContain('Message-ID: <0197-key@example.org>')
    expect(headers(second?.raw ?? '')).toContain('Message-ID: <0197-key@example.org>')
    expect(head).toMatch(/^Auto-Submitted: auto-generated$/im)
    // Nothing but ASCII travels.
    expect([...(first?.raw ?? '')].filter((letter_) => letter_.charCodeAt(0) > 127)).toEqual([])
    const [plain, html] = bodies(first?.raw ?? '')
    expect(plain?.type).toBe('text/plain')
    expect(plain?.text).toContain('楼道灯坏了，老人上下楼看不见')
    expect(plain?.text).toContain('https://chuanmen.example.org/mine/1')
    expect(html?.text).toContain('&lt;b&gt;请看&lt;/b&gt;')
    expect(html?.text).not.toContain('<b>')
    // Nothing is loaded from anywhere: no picture counts who opened it.
    expect(html?.text).not.toMatch(/<img|src=|@import/)
  })

  test('has no header but ours, whatever was said', () => {
    const hostile = letterOf({
      text: '一行\r\nBcc: all@example.org',
      subject: '{code}\r\nBcc: all@example.org',
      params: { code: 'GY-1\r\nX-Evil: 1' },
      audience: 'reporter',
      language: 'zh-CN',
      link: null,
    })
    expect(hostile.subject).not.toMatch(/[\r\n]/)
  })

  test('to a hostile address goes to nobody else', async () => {
    const { got, mail } = await mailServer()
    await mail.send({ ...letter, to: 'a@example.org, b@example.org' })
    await mail.send({ ...letter, to: 'a@example.org\r\nBcc: c@example.org' })
    for (const { to, raw } of got) {
      expect(to).not.toContain('b@example.org')
      expect(to).not.toContain('c@example.org')
      expect(headers(raw)).not.toMatch(/^Bcc:/im)
    }
  })
})

describe('NT10 what the server says decides', () => {
  const refusing = (code: number, at: 'onMailFrom' | 'onRcptTo' | 'onData') =>
    mailServer({
      [at]: (one: unknown, _session: unknown, done: (error: Error) => void) => {
        if (at === 'onData') (one as NodeJS.ReadableStream).resume()
        done(Object.assign(new Error('no'), { responseCode: code }))
      },
    })

  test.each(['onMailFrom', 'onRcptTo', 'onData'] as const)(
    'a 4xx at %s (greylisting) is tried again',
    async (at) => {
      const { mail } = await refusing(451, at)
      expect(await mail.send(letter)).toMatchObject({ ok: false, again: 'later' })
    },
  )

  test.each(['onRcptTo', 'onData'] as const)('a 5xx at %s is not', async (at) => {
    const { mail } = await refusing(550, at)
    expect(await mail.send(letter)).toMatchObject({ ok: false, again: 'never' })
  })

  test('a login or sender that the server refuses is for the operator to mend: the letter waits', async () => {
    const onAuth: SMTPServerOptions['onAuth'] = (_auth, _session, done) => done(new Error('wrong'))
    const needsLogin = await mailServer({ authOptional: false, onAuth })
    expect(await needsLogin.mail.send(letter)).toMatchObject({ ok: false, again: 'later' })
    const refuses = await mailServer({ authOptional: false, allowInsecureAuth: true, onAuth }, 'me:wrong@')
    expect(await refuses.mail.send(letter)).toMatchObject({ ok: false, again: 'later' })
    const { mail } = await refusing(550, 'onMailFrom')
    expect(await mail.send(letter)).toMatchObject({ ok: false, again: 'later' })
  })

  test.each([
    ['before it greets', []],
    ['after the greeting', ['220 x']],
    ['after the recipient', ['220 x', '250 x', '250 ok', '250 ok']],
    ['in the middle of the letter', ['220 x', '250 x', '250 ok', '250 ok', '354 go on']],
  ])('one that hangs up %s is tried again, under the same id', async (_, answers) => {
    const mail = await rudeServer(answers)
    expect(await mail.send(letter)).toMatchObject({ ok: false, again: 'later' })
  })

  test('one that is not there is tried again', async () => {
    const mail = smtpMail({ url: 'smtp://127.0.0.1:9', from: 'chuanmen@example.org' })
    expect(await mail.send(letter)).toMatchObject({ ok: false, again: 'later' })
  })

  test('a certificate that nobody vouches for gets neither password nor letter', async () => {
    const said: string[] = []
    // With the certificate that smtp-server brings along, signed by nobody.
    const { got, port } = await mailServer({
      secure: true,
      onAuth: ({ password }, _session, done) => {
        said.push(password ?? '')
        done(null, { user: 'me' })
      },
    })
    const mail = smtpMail({ url: `smtps://me:secret@127.0.0.1:${port}`, from: 'chuanmen@example.org' })
    expect(await mail.send(letter)).toMatchObject({ ok: false, again: 'later' })
    expect([got, said]).toEqual([[], []])
  })
})
