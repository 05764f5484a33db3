import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readXml } from '#tests/conformance/xml.ts'
import type { Element } from '#tests/conformance/xml.ts'
import { plain, xmlOf } from './xml.ts'
import type { Value } from './xml.ts'

/** The value that the elements stand for; `shape` tells lists and numbers, which XML does not. */
function valueOf(node: Element, shape: Value): Value {
  if (Array.isArray(shape)) return node.children.map((child, index) => valueOf(child, shape[index] as Value))
  if (typeof shape === 'object' && shape !== null) {
    const fields = shape as Record<string, Value>
    return Object.fromEntries(node.children.map((child) => [child.name, valueOf(child, fields[child.name])]))
  }
  if (typeof shape === 'number') return Number(node.text)
  if (typeof shape === 'boolean') return node.text === 'true'
  return node.text === '' ? null : node.text
}

/** Texts that somebody could send: anything at all, and what is known to break writers of XML. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.constantFrom(
    ']]>',
    '<![CDATA[',
    '&amp;amp;',
    '<!-- -->',
    '\r\n\t',
    '\0\u0001\u001f',
    '\ud800',
    '\udc00x',
    '\uffff',
  ),
  fc.constantFrom('🏮👨‍👩‍👧', '﷽', '\u202egnp', '楼道灯坏了 & <b>', '\u0085\u2028', '<?xml?>', '"\''),
)
const requests = fc.array(
  fc.record({
    service_request_id: hostile,
    description: fc.option(hostile),
    lat: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    metadata: fc.boolean(),
    attributes: fc.array(fc.record({ values: fc.array(fc.record({ key: hostile, name: hostile })) })),
  }),
)

test('OP4 XML is well-formed for whatever was typed, and says the same as JSON', () => {
  fc.assert(
    fc.property(requests, (list) => {
      const json: Value = JSON.parse(JSON.stringify(plain(list)))
      const root = readXml(xmlOf('service_requests', plain(list)))
      expect(root.name).toBe('service_requests')
      expect(root.children.every(({ name }) => name === 'request')).toBe(true)
      expect(valueOf(root, json)).toEqual(json)
    }),
    { numRuns: 500 },
  )
})

test('OP4 what XML cannot hold is replaced in both, and nothing else is', () => {
  expect(plain('a\0b\ud800c\uffff')).toBe('a\ufffdb\ufffdc\ufffd')
  for (const text of ['街道 <b>', ']]>', '\t\n\r', '🏮', '\u0085'])
    expect(valueOf(readXml(xmlOf('errors', [plain(text)])), [text])).toEqual([text])
})

test('OP4 lists call their items as the specification does', () => {
  const definition = { service_code: 'C01', attributes: [{ code: 'a', values: [{ key: 'x', name: 'y' }] }] }
  expect(xmlOf('service_definition', definition)).toContain(
    '<service_definition><service_code>C01</service_code><attributes><attribute><code>a</code>' +
      '<values><value><key>x</key><name>y</name></value></values></attribute></attributes></service_definition>',
  )
})
