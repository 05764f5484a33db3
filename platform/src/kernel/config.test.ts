import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'

const file = import.meta.filename

function problems(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('with nothing set it is a demo on this machine only', () => {
  expect(loadConfig({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    databaseUrl: undefined,
    dataDir: path.resolve('var'),
    demo: 'subdistrict',
    mode: 'demo',
    tls: undefined,
    trustedProxies: [],
    pushOrigins: [],
    robotOrigins: [],
  })
})

test('an empty variable counts as not set', () => {
  expect(loadConfig({ PORT: '', HOST: ' ', CHUANMEN_DEMO: '' }).port).toBe(8080)
})

test('a database of one’s own and production get no demo data unasked', () => {
  expect(loadConfig({ DATABASE_URL: 'postgres://me@localhost/x' }).demo).toBe('none')
  expect(loadConfig({ DATABASE_URL: 'postgres://me@localhost/x', CHUANMEN_DEMO: 'district' }).demo).toBe(
    'district',
  )
  expect(loadConfig({ CHUANMEN_MODE: 'production' }).demo).toBe('none')
})

describe('a wrong setting is named with what was given and what is expected', () => {
  test.each([
    ['PORT', 'http', 'from 0 to 65535'],
    ['PORT', '65536', 'from 0 to 65535'],
    ['PORT', '-1', 'from 0 to 65535'],
    ['HOST', 'http://x', 'an IP address or host name'],
    ['DATABASE_URL', 'mysql://me@localhost/x', 'postgres://user:password@host:5432/database'],
    ['DATABASE_URL', 'postgres://localhost', 'postgres://user:password@host:5432/database'],
    ['CHUANMEN_DEMO', 'city', 'subdistrict, district or none'],
    ['CHUANMEN_MODE', 'prod', 'demo or production'],
    ['CHUANMEN_TLS_CERT', '/no/such.pem', 'a PEM file that exists'],
    ['CHUANMEN_TLS_KEY', '/no/such.pem', 'a PEM file that exists'],
    ['CHUANMEN_TRUSTED_PROXY', 'proxy', 'IP addresses or networks'],
    ['CHUANMEN_TRUSTED_PROXY', '10.0.0.0/64', 'IP addresses or networks'],
    ['CHUANMEN_TRUSTED_PROXY', '0.0.0.0/0', 'IP addresses or networks'],
    ['CHUANMEN_PUBLIC_URL', 'javascript:alert(1)', 'https://host'],
    ['CHUANMEN_SMS_URL', 'ftp://x', 'https://host/path'],
    ['CHUANMEN_PUSH_ORIGINS', 'https://push.example.org/path', 'https://push.example.org'],
    ['CHUANMEN_PUSH_ORIGINS', 'http://push.example.org', 'https://push.example.org'],
    ['CHUANMEN_ROBOT_ORIGINS', 'https://a.example.org, b', 'https://qyapi.weixin.qq.com'],
    ['CHUANMEN_SMS_BODY', '{"to": {phone}}', 'JSON with "{phone}" and "{text}"'],
    ['CHUANMEN_SMS_BODY', '{"to": "{phone}"}', 'JSON with "{phone}" and "{text}"'],
  ])('%s=%s', (name, given, expectation) => {
    const [problem, ...others] = problems({ [name]: given })
    expect(others).toEqual([])
    expect(problem).toContain(`${name} is ${JSON.stringify(given)}`)
    expect(problem).toContain(expectation)
  })

  test('all faults are told at once', () => {
    expect(problems({ PORT: 'x', CHUANMEN_MODE: 'y' })).toHaveLength(2)
  })

  test('a certificate needs its key', () => {
    expect(problems({ CHUANMEN_TLS_CERT: file })).toEqual([
      expect.stringMatching(/^CHUANMEN_TLS_KEY is not set/),
    ])
  })

  test('a password is not repeated', () => {
    const [problem] = problems({ DATABASE_URL: 'mysql://me:very:secret@localhost/x' })
    expect(problem).toContain('mysql://me:***@localhost/x')
    expect(problem).not.toContain('secret')
  })
})

describe('production refuses', () => {
  const production = { CHUANMEN_MODE: 'production' }

  test.each(['subdistrict', 'district'])('demo data: %s', (size) => {
    expect(problems({ ...production, CHUANMEN_DEMO: size })).toEqual([
      expect.stringMatching(`CHUANMEN_DEMO is "${size}".*expected none`),
    ])
  })

  test.each(['postgres', 'password123', 'chuanmen', '', 'changeme1', 'short'])(
    'the default secret "%s"',
    (password) => {
      expect(problems({ ...production, DATABASE_URL: `postgres://me:${password}@db/x` })).toEqual([
        expect.stringContaining('DATABASE_URL'),
      ])
    },
  )

  test('a password equal to the user', () => {
    expect(
      problems({ ...production, DATABASE_URL: 'postgres://some_owner_of_it:some_owner_of_it@db/x' }),
    ).toHaveLength(1)
  })

  test.each(['0.0.0.0', '192.168.1.5', '::', 'example.org'])('plain HTTP on %s', (host) => {
    expect(problems({ ...production, HOST: host })).toEqual([expect.stringContaining(`HOST is "${host}"`)])
  })

  test('but not with TLS, a trusted proxy, or on this machine only', () => {
    const good = { ...production, DATABASE_URL: 'postgres://me:a-long-own-secret-91@db/x' }
    expect(problems({ ...good, HOST: '0.0.0.0', CHUANMEN_TLS_CERT: file, CHUANMEN_TLS_KEY: file })).toEqual(
      [],
    )
    expect(problems({ ...good, HOST: '0.0.0.0', CHUANMEN_TRUSTED_PROXY: '10.1.2.3, fd00::/8' })).toEqual([])
    for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost'])
      expect(problems({ ...good, HOST: host })).toEqual([])
  })
})

describe('what carries messages out', () => {
  test('a mail server and its sender come together', () => {
    const smtp = { SMTP_URL: 'smtps://me:secret@mail.example.org', MAIL_FROM: 'a@example.org' }
    expect(loadConfig(smtp).mail).toEqual({ url: smtp.SMTP_URL, from: 'a@example.org' })
    expect(problems({ SMTP_URL: smtp.SMTP_URL })).toEqual([expect.stringContaining('MAIL_FROM is not set')])
    expect(problems({ MAIL_FROM: 'a@example.org' })).toEqual([expect.stringContaining('SMTP_URL is not set')])
  })

  test('no password and no secret stands in what is wrong with it', () => {
    const wrong = problems({
      SMTP_URL: 'http://me:hunter2@mail',
      MAIL_FROM: 'a@b.cn',
      CHUANMEN_SMS_SECRET: 'abc',
    })
    expect(wrong).toHaveLength(2)
    expect(wrong.join(' ')).not.toMatch(/hunter2|abc/)
  })

  test('production says numbers to nobody on the way', () => {
    const production = { CHUANMEN_MODE: 'production', CHUANMEN_SMS_URL: 'http://sms.example.org/send' }
    expect(problems(production)).toEqual([expect.stringContaining('expected https://')])
    expect(problems({ ...production, CHUANMEN_SMS_URL: 'http://127.0.0.1:9000/send' })).toEqual([])
    expect(problems({ ...production, CHUANMEN_SMS_URL: 'https://sms.example.org/send' })).toEqual([])
  })
})
