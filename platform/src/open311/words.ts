import { fill } from '#kernel/problem.ts'
import type { Language } from '#kernel/problem.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }

/** What this interface says in words of its own, in the caller's language. */

export const words = { 'zh-CN': zh, en } as const

export function say(text: string, params: Record<string, string>): string {
  return fill(text, params)
}

/** What a state means to everybody; one that has no words of its own is told as open or closed. */
export function stateWords(state: string, isClosed: boolean, language: Language): string {
  const known: Record<string, string> = words[language].state
  return known[state] ?? known[isClosed ? 'other_closed' : 'other_open'] ?? ''
}

export function updateWords(kind: string, language: Language): string {
  const known: Record<string, string> = words[language].update
  return known[kind] ?? ''
}
