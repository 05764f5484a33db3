import { argon2Sync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPassword, hashPassword, unfitPassword } from './passwords.ts'

/** A hash as an installation with other parameters made it. */
function oldHash(password: string): string {
  const salt = Buffer.alloc(16, 7)
  const tag = argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: 8_192,
    passes: 1,
  })
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=8192,t=1,p=1$${text(salt)}$${text(tag)}`
}

test('AC5 a password is kept as argon2id with a salt of its own', async () => {
  const [one, other] = [await hashPassword('门口的石榴树'), await hashPassword('门口的石榴树')]
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(one).not.toBe(other)
  expect(await checkPassword('门口的石榴树', one)).toEqual({ right: true, rehash: false })
  expect(await checkPassword('门口的石榴花', one)).toEqual({ right: false, rehash: false })
})

test('AC5 a hash of other parameters is right, and asks to be made anew', async () => {
  expect(await checkPassword('correct horse', oldHash('correct horse'))).toEqual({
    right: true,
    rehash: true,
  })
  expect(await checkPassword('wrong horse', oldHash('correct horse'))).toEqual({
    right: false,
    rehash: false,
  })
})

test('AC5 the same characters of another keyboard are the same password', async () => {
  expect((await checkPassword('ｍａｐｌｅ-１２３４-门', await hashPassword('maple-1234-门'))).right).toBe(
    true,
  )
  expect(
    (await checkPassword('Å12345-门口石榴'.normalize('NFD'), await hashPassword('Å12345-门口石榴'))).right,
  ).toBe(true)
})

test('AC7 nobody, or what is no hash, is worked on and refused', async () => {
  expect(await checkPassword('anything at all', null)).toEqual({ right: false, rehash: false })
  expect(await checkPassword('anything at all', 'plain')).toEqual({ right: false, rehash: false })
})

test('AC5 short, obvious and login-like passwords are refused', () => {
  expect(unfitPassword('short', null)).toBe('short')
  expect(unfitPassword('九个汉字还不太够', null)).toBe('short')
  expect(unfitPassword('hexiaomin1', 'hexiaomin')).toBe('login')
  for (const easy of ['password123', '1234567890', 'aaaaaaaaaaaa', 'qwerty123456', 'admin123456'])
    expect(unfitPassword(easy, null)).not.toBeNull()
  expect(unfitPassword('石榴树在东门左边第三棵', 'hexiaomin')).toBeNull()
  expect(unfitPassword('maple-4-river-stone', 'hexiaomin')).toBeNull()
})

test('AC5 nothing below ten characters ever passes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 9 }), (text) => {
      fc.pre([...text.normalize('NFKC').toLowerCase()].length < 10)
      expect(unfitPassword(text, null)).toBe('short')
    }),
  )
})
