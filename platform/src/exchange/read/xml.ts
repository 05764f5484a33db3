import { SaxesParser } from 'saxes'
import type { Readable } from 'node:stream'
import { FileRefused } from './source.ts'

/** XML as it comes. Names without their prefix; a document type is refused, and with it every entity but the five of XML. */

export type XmlHandlers = {
  open(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** Longest run without a tag; a cell holds 32,767 characters. */
const mostWaiting = 8_000_000

const local = (name: string) => name.slice(name.indexOf(':') + 1)

/** Feeds a part to its handlers; yields after each piece, so that the caller can hand on what came of it. */
export async function* readXml(stream: Readable, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false, fragment: false })
  parser.on('error', () => {
    throw new FileRefused('damaged')
  })
  parser.on('doctype', () => {
    throw new FileRefused('doctype')
  })
  /** Characters since the last tag: the parser keeps them until the next one. */
  let waiting = 0
  parser.on('opentag', ({ name, attributes }) => {
    waiting = 0
    handlers.open(local(name), attributes)
  })
  if (handlers.text) {
    const { text } = handlers
    parser.on('text', text)
    parser.on('cdata', text)
  }
  if (handlers.close) {
    const { close } = handlers
    parser.on('closetag', ({ name }) => close(local(name)))
  }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of stream) {
      const text = decoder.decode(piece as Buffer, { stream: true })
      waiting += text.length
      parser.write(text)
      if (waiting > mostWaiting) throw new FileRefused('damaged')
      yield
    }
    parser.write(decoder.decode()).close()
    yield
  } catch (error) {
    if (error instanceof FileRefused) throw error
    // Cut off, packed wrongly, longer than it says, or no UTF-8.
    throw new FileRefused('damaged')
  } finally {
    stream.destroy()
  }
}

/** Reads a small part to its end. */
export async function drainXml(stream: Readable, handlers: XmlHandlers): Promise<void> {
  for await (const _ of readXml(stream, handlers));
}

/** An attribute whatever its prefix (`r:id`, `d3p1:id`). */
export function attribute(attributes: Record<string, string>, name: string): string | undefined {
  return attributes[name] ?? attributes[Object.keys(attributes).find((one) => local(one) === name) ?? '']
}
