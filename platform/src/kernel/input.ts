import { z } from 'zod'
import { fill, refuse } from './problem.ts'
import type { Language } from './problem.ts'
import en from './messages/input.en.json' with { type: 'json' }
import zh from './messages/input.zh-CN.json' with { type: 'json' }

const words = { 'zh-CN': zh, en }
const dialects = { 'zh-CN': z.locales.zhCN().localeError, en: z.locales.en().localeError }

/** Parts of what came in, as the problem document names them. */
type Part = 'params' | 'query' | 'body'

/**
 * Checks one part of the input against its contract.
 *
 * @throws Refusal `input.invalid` naming each wrong field (`body.reporter.phone`) and what was expected there, in the caller's language.
 */
export function checkInput<S extends z.ZodType>(
  schema: S,
  value: unknown,
  part: Part,
  language: Language,
): z.output<S> {
  const result = schema.safeParse(value, { error: dialects[language] })
  if (result.success) return result.data
  const errors = result.error.issues.slice(0, 20).map((issue) => ({
    field: [part, ...issue.path].join('.'),
    message: issue.code === 'custom' ? fill(words[language].custom) : issue.message,
  }))
  const [first] = errors
  refuse('input.invalid', {
    errors,
    params: { count: result.error.issues.length },
    ...(first && { field: first.field, expected: first.message }),
  })
}

/** PostgreSQL keeps no NUL in text; refused by name rather than failing in the middle of a write. */
export function refuseNul(value: unknown, part: Part, language: Language): void {
  const found = findNul(value, part)
  if (found)
    refuse('input.invalid', {
      errors: [{ field: found, message: words[language].nul }],
      field: found,
      params: { count: 1 },
    })
}

function findNul(value: unknown, at: string): string | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? at : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const found = key.includes('\0') ? at : findNul(inner, `${at}.${key}`)
    if (found) return found
  }
  return null
}
