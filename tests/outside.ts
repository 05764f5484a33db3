import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'

/** Servers outside the product, real on this machine, that a message leaves for. What they say is up to whoever starts them. */

const here = '127.0.0.1'

/** A web server that can go away in the middle of what it does, and come back at the same address. */
export async function startWebServer(listener: RequestListener) {
  const sockets = new Set<Socket>()
  const server = createServer(listener)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, here, resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://${here}:${port}`,
    down: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
    up: () => listen(port),
  }
}

/** @param slow milliseconds that it takes over each letter */
export async function startMailServer(options: SMTPServerOptions = {}, slow = 0) {
  const got: { raw: string; to: string[] }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      let raw = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => (raw += chunk))
      stream.on('end', () => {
        got.push({ raw, to: session.envelope.rcptTo.map(({ address }) => address) })
        setTimeout(done, slow)
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, here, resolve))
  const { port } = server.server.address() as AddressInfo
  return { got, port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}
