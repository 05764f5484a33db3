import { systemClock } from './clock.ts'

/** Levels as pino and Fastify number them. */
const levels = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const
type Level = keyof typeof levels

/**
 * The only fields that reach a log, each of a kind that cannot hold a person's data. Whatever else a caller or a library
 * hands over is dropped: a log line is read by people who may not read the record.
 */
const allowed = new Set([
  ...[
    'process',
    'pid',
    'port',
    'address',
    'step',
    'done',
    'total',
    'applied',
    'attempt',
    'delayMs',
    'signal',
    'exitCode',
  ],
  ...['requestId', 'reqId', 'method', 'route', 'status', 'durationMs', 'responseTime', 'code', 'sqlState'],
  ...['job', 'task', 'jobId', 'count', 'entry', 'district'],
])

export type LogFields = Readonly<Record<string, unknown>>
type Write = { (fields: LogFields, message?: string): void; (message: string): void }

/** One JSON object a line. Has the shape Fastify wants of a `loggerInstance`. */
export type Log = Readonly<Record<Level | 'silent', Write>> & {
  level: string
  child(fields: LogFields): Log
}

export type LogOptions = { process: string; level?: Level; write?(line: string): void }

/** Standard error is for the log; standard output stays free for what people read. */
export function openLog(options: LogOptions): Log {
  const write = options.write ?? ((line: string): void => void process.stderr.write(line))
  return logWith({ process: options.process }, options.level ?? 'info', write)
}

function logWith(bound: LogFields, level: Level, write: (line: string) => void): Log {
  const at = (name: Level): Write => {
    if (levels[name] < levels[level]) return () => {}
    return (first: LogFields | string, message?: string) => {
      const fields = typeof first === 'string' ? {} : { ...first, ...fieldsOfHttp(first) }
      const line = {
        time: systemClock.now().toString({ smallestUnit: 'millisecond' }),
        level: name,
        ...permitted({ ...bound, ...fields }),
        ...failure(typeof first === 'string' ? undefined : (first['err'] ?? first['error'])),
        message: redact(typeof first === 'string' ? first : (message ?? '')),
      }
      write(`${JSON.stringify(line)}\n`)
    }
  }
  return {
    level,
    silent: () => {},
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
    child: (fields) => logWith({ ...bound, ...fields }, level, write),
  }
}

/** Known keys with plain values; texts lose every run of digits that could be a phone or an identity number. */
function permitted(fields: LogFields): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(fields)) {
    if (!allowed.has(key)) continue
    if (typeof value === 'string') kept[key] = redact(value)
    else if (typeof value === 'number' || typeof value === 'boolean') kept[key] = value
  }
  return kept
}

/** Fastify hands over whole requests and replies; of these only what names no one. The path may hold a code: left out. */
function fieldsOfHttp(fields: LogFields): LogFields {
  const { req, res } = fields as { req?: { method?: string }; res?: { statusCode?: number } }
  return { ...(req?.method && { method: req.method }), ...(res?.statusCode && { status: res.statusCode }) }
}

/**
 * An error's kind, code and place. Not its message: database and parser messages quote values. Errors of our own that
 * tell an operator what to do are printed by whoever catches them, not logged.
 */
function failure(error: unknown): LogFields {
  if (!(error instanceof Error)) return {}
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const place = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
  return { error: error.name, ...(code && { code: redact(code) }), ...(place && { place }) }
}

/** Ids keep their digits; anything with seven or more digits in a row or in phone-like groups does not. */
function redact(text: string): string {
  return text
    .split(/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/\+?\d(?:[\s-]?\d){6,}[\dXx]?/g, '[number]'),
    )
    .join('')
    .slice(0, 500)
}
