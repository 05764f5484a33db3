import { existsSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { SetupError } from './postgres-install.ts'

/** The settings of this installation, checked. */
export type Config = {
  /** 0 = any free port. */
  port: number
  host: string
  /** The owner's connection to a PostgreSQL of one's own; undefined = the embedded one. */
  databaseUrl: string | undefined
  /** Absolute. Keys, uploaded files and the embedded database. */
  dataDir: string
  demo: 'subdistrict' | 'district' | 'none'
  mode: 'demo' | 'production'
  /** PEM files. */
  tls: { cert: string; key: string } | undefined
  /** Addresses or networks (CIDR) whose `X-Forwarded-*` headers are believed. */
  trustedProxies: readonly string[]
  /** Where people reach the product, for links in letters; without, letters carry none. */
  publicUrl: string | undefined
  /** The mail server letters go through; undefined = no e-mail. */
  mail: { url: string; from: string } | undefined
  /** The provider of text messages, called over HTTP; undefined = none. */
  sms: { url: string; body: string; secret: string | undefined; accepted: string | undefined } | undefined
  /** Origins of push services that browsers may be told through; none by default (boundary 10). */
  pushOrigins: readonly string[]
  /** Origins that robots of chat groups may stand at; none by default. */
  robotOrigins: readonly string[]
}

/** Everything that is wrong with the settings, one line each. */
export class ConfigError extends SetupError {
  override name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

const expected = {
  PORT: 'a whole number from 0 to 65535 (0 = any free port)',
  HOST: 'an IP address or host name to listen on, such as 127.0.0.1',
  DATABASE_URL: 'postgres://user:password@host:5432/database',
  CHUANMEN_DATA_DIR: 'a folder',
  CHUANMEN_DEMO: 'subdistrict, district or none',
  CHUANMEN_MODE: 'demo or production',
  CHUANMEN_TLS_CERT: 'a PEM file that exists, together with CHUANMEN_TLS_KEY',
  CHUANMEN_TLS_KEY: 'a PEM file that exists, together with CHUANMEN_TLS_CERT',
  CHUANMEN_TRUSTED_PROXY: 'IP addresses or networks such as 10.0.0.0/8, separated by commas',
  CHUANMEN_PUBLIC_URL: 'https://host, as people reach the product',
  SMTP_URL:
    'smtps://user:password@host:465, or smtp:// where the server offers STARTTLS, together with MAIL_FROM',
  MAIL_FROM: 'an e-mail address such as chuanmen@example.org, together with SMTP_URL',
  CHUANMEN_SMS_URL: 'https://host/path of the provider of text messages',
  CHUANMEN_SMS_BODY: 'JSON with "{phone}" and "{text}" where the provider expects them',
  CHUANMEN_SMS_SECRET: 'the secret that the provider checks signatures with',
  CHUANMEN_SMS_ACCEPTED:
    'a text that stands in every answer by which the provider accepts, such as "code":"OK"',
  CHUANMEN_PUSH_ORIGINS:
    'origins of push services such as https://push.example.org, separated by commas; https, or http on this machine',
  CHUANMEN_ROBOT_ORIGINS:
    'origins such as https://qyapi.weixin.qq.com, separated by commas; https, or http on this machine',
} as const
type Name = keyof typeof expected

const pemFile = z
  .string()
  .refine((file) => existsSync(file))
  .transform((file) => path.resolve(file))

const settings = {
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.int().max(65_535))
    .default(8080),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/)
    .default('127.0.0.1'),
  DATABASE_URL: z.string().refine(isDatabaseUrl).optional(),
  CHUANMEN_DATA_DIR: z.string().default('var'),
  CHUANMEN_DEMO: z.enum(['subdistrict', 'district', 'none']).optional(),
  CHUANMEN_MODE: z.enum(['demo', 'production']).default('demo'),
  CHUANMEN_TLS_CERT: pemFile.optional(),
  CHUANMEN_TLS_KEY: pemFile.optional(),
  CHUANMEN_TRUSTED_PROXY: z
    .string()
    .transform(networks)
    .refine((list) => list.every(isNetwork))
    .default([]),
  CHUANMEN_PUBLIC_URL: z
    .string()
    .refine((text) => isUrl(text, /^https?:$/))
    .optional(),
  SMTP_URL: z
    .string()
    .refine((text) => isUrl(text, /^smtps?:$/))
    .optional(),
  MAIL_FROM: z.email().optional(),
  CHUANMEN_SMS_URL: z
    .string()
    .refine((text) => isUrl(text, /^https?:$/))
    .optional(),
  CHUANMEN_SMS_BODY: z.string().refine(isSmsBody).default('{"phone":"{phone}","text":"{text}","id":"{key}"}'),
  CHUANMEN_SMS_SECRET: z.string().min(8).optional(),
  CHUANMEN_SMS_ACCEPTED: z.string().max(200).optional(),
  CHUANMEN_PUSH_ORIGINS: originList(),
  CHUANMEN_ROBOT_ORIGINS: originList(),
} satisfies Record<Name, z.ZodType>

/** Reads the environment. An empty variable counts as not set. Throws a ConfigError that names every fault. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(settings).map((name) => [name, environment[name]?.trim() || undefined]),
  )
  const parsed = z.object(settings).safeParse(given)
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => issue.path[0] as Name))
    throw new ConfigError([...names].map((name) => fault(name, given[name], `expected ${expected[name]}`)))
  }
  const values = parsed.data
  const problems: string[] = []
  const { CHUANMEN_TLS_CERT: cert, CHUANMEN_TLS_KEY: key } = values
  if ((cert === undefined) !== (key === undefined)) {
    const missing = cert === undefined ? 'CHUANMEN_TLS_CERT' : 'CHUANMEN_TLS_KEY'
    problems.push(fault(missing, undefined, `expected ${expected[missing]}`))
  }
  const { SMTP_URL: smtp, MAIL_FROM: from } = values
  if ((smtp === undefined) !== (from === undefined)) {
    const missing = smtp === undefined ? 'SMTP_URL' : 'MAIL_FROM'
    problems.push(fault(missing, undefined, `expected ${expected[missing]}`))
  }
  const config: Config = {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    dataDir: path.resolve(values.CHUANMEN_DATA_DIR),
    // A database of one's own, like production, is never filled with invented people unasked.
    demo:
      values.CHUANMEN_DEMO ??
      (values.CHUANMEN_MODE === 'production' || values.DATABASE_URL !== undefined ? 'none' : 'subdistrict'),
    mode: values.CHUANMEN_MODE,
    tls: cert !== undefined && key !== undefined ? { cert, key } : undefined,
    trustedProxies: values.CHUANMEN_TRUSTED_PROXY,
    publicUrl: values.CHUANMEN_PUBLIC_URL,
    mail: smtp !== undefined && from !== undefined ? { url: smtp, from } : undefined,
    sms:
      values.CHUANMEN_SMS_URL === undefined
        ? undefined
        : {
            url: values.CHUANMEN_SMS_URL,
            body: values.CHUANMEN_SMS_BODY,
            secret: values.CHUANMEN_SMS_SECRET,
            accepted: values.CHUANMEN_SMS_ACCEPTED,
          },
    pushOrigins: values.CHUANMEN_PUSH_ORIGINS,
    robotOrigins: values.CHUANMEN_ROBOT_ORIGINS,
  }
  if (config.mode === 'production') problems.push(...productionProblems(config))
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

/** What may run on a desk but not before residents. */
function productionProblems(config: Config): string[] {
  const problems: string[] = []
  if (config.demo !== 'none') {
    problems.push(fault('CHUANMEN_DEMO', config.demo, 'production holds no demo accounts; expected none'))
  }
  if (config.databaseUrl !== undefined && isDefaultSecret(config.databaseUrl)) {
    problems.push(
      fault(
        'DATABASE_URL',
        config.databaseUrl,
        'production needs a password that is not a default one; expected 12 characters or more',
      ),
    )
  }
  if (config.sms?.url.startsWith('http:') && !isLoopback(new URL(config.sms.url).hostname)) {
    problems.push(
      fault(
        'CHUANMEN_SMS_URL',
        config.sms.url,
        'production says numbers of residents to nobody on the way; expected https://',
      ),
    )
  }
  if (!isLoopback(config.host) && config.tls === undefined && config.trustedProxies.length === 0) {
    problems.push(
      fault(
        'HOST',
        config.host,
        'production listens beyond this machine only with CHUANMEN_TLS_CERT and CHUANMEN_TLS_KEY, or behind ' +
          'CHUANMEN_TRUSTED_PROXY; expected one of these or 127.0.0.1',
      ),
    )
  }
  return problems
}

function fault(name: Name, given: string | undefined, expectation: string): string {
  const shown = name === 'CHUANMEN_SMS_SECRET' ? '***' : withoutPassword(given ?? '')
  return `${name} ${given === undefined ? 'is not set' : `is ${JSON.stringify(shown)}`}: ${expectation}`
}

/** A message may be copied into a chat; a password in it may not. */
function withoutPassword(text: string): string {
  return text.replace(/:\/\/([^:@/]*):.*@/, '://$1:***@')
}

function isUrl(text: string, protocols: RegExp): boolean {
  const url = URL.parse(text)
  return url !== null && protocols.test(url.protocol) && url.hostname !== ''
}

/** Origins as browsers write them, and nothing after; without TLS only to this machine. */
function originList() {
  const isOrigin = (text: string): boolean => {
    const url = URL.parse(text)
    return (
      url?.origin === text &&
      (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
    )
  }
  return z
    .string()
    .transform(networks)
    .refine((list) => list.every(isOrigin))
    .default([])
}

/** The body is JSON before its gaps are filled, and has one for the number and one for the words. */
function isSmsBody(text: string): boolean {
  try {
    JSON.parse(text)
  } catch {
    return false
  }
  return text.includes('{phone}') && text.includes('{text}')
}

function isDatabaseUrl(text: string): boolean {
  const url = URL.parse(text)
  return (
    url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.username !== '' && url.pathname.length > 1
  )
}

/** Too short, or one of the passwords that stand in everybody's instructions. */
function isDefaultSecret(databaseUrl: string): boolean {
  const { username, password } = new URL(databaseUrl)
  const secret = decodeURIComponent(password).toLowerCase()
  return (
    secret.length < 12 ||
    secret === username.toLowerCase() ||
    /^(postgres|password|chuanmen|changeme|secret)\W*\w{0,4}$/.test(secret)
  )
}

/** Whether only this machine can reach that address. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^::ffff:/i, '')
  const local = new BlockList()
  local.addSubnet('127.0.0.0', 8, 'ipv4')
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && local.check(address, 'ipv4'))
}

function networks(text: string): string[] {
  return text.split(',').map((part) => part.trim())
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return (
    bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128))
  )
}
