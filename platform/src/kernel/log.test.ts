import { expect, test } from 'vitest'
import { openLog } from './log.ts'

function capture(): { lines: Record<string, unknown>[]; write(line: string): void } {
  const lines: Record<string, unknown>[] = []
  return { lines, write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) }
}

test('a line is one JSON object with time, level, process and message', () => {
  const { lines, write } = capture()
  openLog({ process: 'serve', write }).info({ port: 8080 }, 'listening')
  expect(lines).toEqual([
    {
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'info',
      process: 'serve',
      port: 8080,
      message: 'listening',
    },
  ])
})

test('a field that is not on the list is dropped, also from a child and an object', () => {
  const { lines, write } = capture()
  const log = openLog({ process: 'serve', write }).child({ name: '张三', requestId: 'r1' })
  log.warn({ phone: '10012345678', body: { words: '漏水' }, status: 400, route: { a: 1 } }, 'refused')
  expect(lines[0]).toEqual({
    time: expect.any(String),
    level: 'warn',
    process: 'serve',
    requestId: 'r1',
    status: 400,
    message: 'refused',
  })
})

test.each(['10012345678', '100 1234 5678', '+86-100-1234-5678', '13100319900101001X'])(
  'the number %s is taken out of texts',
  (number) => {
    const { lines, write } = capture()
    openLog({ process: 'serve', write }).info({ code: `x${number}` }, `called ${number} twice`)
    expect(lines[0]?.['message']).toBe('called [number] twice')
    expect(lines[0]?.['code']).toBe('x[number]')
  },
)

test('ids keep their digits', () => {
  const { lines, write } = capture()
  const id = '01900000-1234-7123-8123-123456789012'
  openLog({ process: 'serve', write }).info({ requestId: id }, id)
  expect(lines[0]).toMatchObject({ requestId: id, message: id })
})

test('an error leaves its kind, code and place, not its message', () => {
  const { lines, write } = capture()
  const error = Object.assign(new Error('Key (phone)=(10012345678) already exists for 张三'), {
    code: '23505',
  })
  openLog({ process: 'serve', write }).error({ err: error }, 'unexpected error')
  expect(lines[0]).toMatchObject({
    error: 'Error',
    code: '23505',
    place: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
  })
  expect(JSON.stringify(lines)).not.toMatch(/张三|10012345678/)
})

test('of a request only method and status are kept', () => {
  const { lines, write } = capture()
  const log = openLog({ process: 'serve', write })
  log.info(
    { req: { method: 'GET', url: '/api/follow?phone=5678' }, res: { statusCode: 200 }, responseTime: 3.5 },
    'done',
  )
  expect(lines[0]).toMatchObject({ method: 'GET', status: 200, responseTime: 3.5 })
  expect(JSON.stringify(lines)).not.toContain('5678')
})

test('below its level a log is silent', () => {
  const { lines, write } = capture()
  const log = openLog({ process: 'serve', level: 'warn', write })
  log.info('x')
  log.silent('x')
  expect(lines).toEqual([])
})
