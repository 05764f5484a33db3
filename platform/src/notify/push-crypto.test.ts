import { createECDH, createPublicKey, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { temporaryKeys } from '#kernel/keys.ts'
import { isBrowserKey, sealFor, sealRecord, vapidHeader, vapidOf } from './push-crypto.ts'

/** NT17: the examples of the RFCs, byte for byte. */

const bytes = (text: string) => Buffer.from(text, 'base64url')

test('RFC 8188, 3.1: one record', () => {
  const sealed = sealRecord(Buffer.from('I am the walrus'), {
    ikm: bytes('yqdlZ-tYemfogSmv7Ws5PQ'),
    salt: bytes('I1BsxtFttlv3u_Oo94xnmw'),
    keyId: Buffer.alloc(0),
  })
  expect(sealed.toString('base64url')).toBe(
    'I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg',
  )
})

test('RFC 8291, appendix A: sealed for one browser', () => {
  const sealed = sealFor(
    Buffer.from('When I grow up, I want to be a watermelon'),
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    { own: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'), salt: bytes('DGv6ra1nlYgDCS1FRnbzlw') },
  )
  expect(sealed.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

/** Whether a `vapid` header was signed by the key that it names. */
function isSigned(header: string): boolean {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? []
  const point = bytes(key)
  const text = token.slice(0, token.lastIndexOf('.'))
  return verify(
    'sha256',
    Buffer.from(text),
    {
      key: createPublicKey({
        format: 'jwk',
        key: {
          kty: 'EC',
          crv: 'P-256',
          x: point.subarray(1, 33).toString('base64url'),
          y: point.subarray(33).toString('base64url'),
        },
      }),
      dsaEncoding: 'ieee-p1363',
    },
    bytes(token.slice(token.lastIndexOf('.') + 1)),
  )
}

describe('RFC 8292', () => {
  test('2.4: its own example is signed, by the measure that ours is held against', () => {
    const token =
      'eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA'
    const key = 'BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs'
    expect(isSigned(`vapid t=${token}, k=${key}`)).toBe(true)
    expect(isSigned(`vapid t=${token.replace('.eyJh', '.eyJi')}, k=${key}`)).toBe(false)
  })

  test('ours says to whom, until when and who answers for it, signed by a key that stays the same', () => {
    const keys = temporaryKeys()
    const vapid = vapidOf(keys)
    expect(vapidOf(keys).publicKey).toBe(vapid.publicKey)
    expect(vapidOf(temporaryKeys()).publicKey).not.toBe(vapid.publicKey)
    expect(bytes(vapid.publicKey)).toHaveLength(65)
    const header = vapidHeader(vapid, {
      audience: 'https://push.example.net',
      expires: 1_453_523_768,
      subject: 'mailto:push@example.com',
    })
    expect(isSigned(header)).toBe(true)
    const [head = '', claims = ''] = header.slice('vapid t='.length).split('.')
    expect(JSON.parse(bytes(head).toString())).toEqual({ typ: 'JWT', alg: 'ES256' })
    expect(JSON.parse(bytes(claims).toString())).toEqual({
      aud: 'https://push.example.net',
      exp: 1_453_523_768,
      sub: 'mailto:push@example.com',
    })
  })
})

test('a key that is no point of the curve is refused, whatever it looks like', () => {
  const browser = createECDH('prime256v1')
  browser.generateKeys()
  const p256dh = browser.getPublicKey('base64url')
  const auth = 'BTBZMqHH6r4Tts7J_aSIgg'
  expect(isBrowserKey({ p256dh, auth })).toBe(true)
  expect(isBrowserKey({ p256dh: `B${'A'.repeat(86)}`, auth })).toBe(false)
  expect(isBrowserKey({ p256dh, auth: 'AAAA' })).toBe(false)
})
