import { createHmac } from 'node:crypto'
import { startWebServer } from './outside.ts'

/** The servers of chat robots on this machine: one that answers as WeChat Work, as DingTalk with its sign, or as any other. */

type Posted = { path: string; body: unknown; headers: Record<string, string | string[] | undefined> }
type Said = { status: number; body: string } | 'hang'

export async function startChatService() {
  const posted: Posted[] = []
  let secret = ''
  let takes = 0
  let says: ((path: string) => Said | undefined) | undefined

  /** DingTalk's own check of `timestamp` and `sign`. */
  function isSigned(url: URL): boolean {
    const time = url.searchParams.get('timestamp') ?? ''
    const sign = createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64')
    return url.searchParams.get('sign') === sign
  }

  const server = await startWebServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://127.0.0.1')
      const said = says?.(url.pathname)
      const answer = (status: number, body: string) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(body)
      if (said && said !== 'hang') {
        answer(said.status, said.body)
        return
      }
      if (url.pathname === '/dingtalk' && !isSigned(url)) {
        answer(200, '{"errcode":310000,"errmsg":"sign not match"}')
        return
      }
      posted.push({ path: url.pathname, body: JSON.parse(text), headers: request.headers })
      if (said !== 'hang') setTimeout(() => answer(200, '{"errcode":0,"errmsg":"ok"}'), takes)
    })
  })
  return {
    ...server,
    posted,
    signedBy: (one: string) => void (secret = one),
    /** Milliseconds that it takes over each. */
    takes: (milliseconds: number) => void (takes = milliseconds),
    /** Undefined goes back to taking everything. */
    answers: (how: typeof says) => void (says = how),
  }
}
