import official from '../data/official.json' with { type: 'json' }

/** Words and dates as official papers write them: Chinese alone, whatever language the page is in, in Shanghai's time. */

/** Fills `{name}` in a text of `data/official.json`. */
export function filled(template: string, values: Record<string, string | number> = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

const local = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO('Asia/Shanghai')

/** 7.3.5.4: year, month and day in full, Arabic, without noughts before them. */
export function dateWords(at: string): string {
  const { year, month, day } = local(at)
  return filled(official.date, { year, month, day })
}

export function dayWords(at: string): string {
  const { month, day } = local(at)
  return filled(official.day, { month, day })
}

export function momentWords(at: string): string {
  const { year, month, day, hour, minute } = local(at)
  return filled(official.moment, { year, month, day, hour, minute: String(minute).padStart(2, '0') })
}

export function numberWords(mark: string, year: number, number: number): string {
  return filled(official.number, { mark, year, number })
}

export const listed = (names: readonly string[]): string => names.join(official.list)

/** A sentence somebody wrote, to stand inside another one: without its own full stop. */
export function inside(words: string): string {
  return words.trim().replace(/[。.；;，,]+$/u, '')
}
