import type { Readable } from 'node:stream'
import { FileRefused, longestCell } from './source.ts'
import { drainXml } from './xml.ts'

/**
 * The shared strings of a workbook, all of them in one buffer: as JavaScript strings, the names of a district's residents
 * would take five times the memory.
 */

/** Together, in bytes. */
const mostBytes = 160_000_000

export type SharedStrings = { count: number; at(index: number): string | undefined }

export async function readStrings(stream: Readable | undefined): Promise<SharedStrings> {
  let bytes = Buffer.allocUnsafe(1 << 16)
  let ends = new Uint32Array(1 << 12)
  let count = 0
  let used = 0
  const keep = (text: string): void => {
    const length = Buffer.byteLength(text)
    if (used + length > mostBytes)
      throw new FileRefused('too_large', { limit: `${mostBytes / 1_000_000} MB` })
    if (used + length > bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, used + length))
      bytes.copy(larger, 0, 0, used)
      bytes = larger
    }
    if (count === ends.length) {
      const larger = new Uint32Array(ends.length * 2)
      larger.set(ends)
      ends = larger
    }
    used += bytes.write(text, used)
    ends[count] = used
    count += 1
  }
  if (stream) {
    let text = ''
    let inText = false
    /** How the characters sound (`rPh`) is no part of the text. */
    let sounding = false
    await drainXml(stream, {
      open(name) {
        if (name === 'si') text = ''
        else if (name === 'rPh') sounding = true
        else if (name === 't') inText = !sounding
      },
      text(piece) {
        if (inText && text.length < longestCell) text += piece.slice(0, longestCell - text.length)
      },
      close(name) {
        if (name === 'si') keep(text.trim())
        else if (name === 'rPh') sounding = false
        else if (name === 't') inText = false
      },
    })
  }
  return {
    count,
    at: (index) =>
      index >= 0 && index < count
        ? bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index])
        : undefined,
  }
}
