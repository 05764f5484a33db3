import type { TFunction } from 'i18next'

/**
 * The words of the lifecycle, from the catalogue that server, phone and documentation use too. Its placeholders are
 * written `{by}`.
 */
export function lifecycleWord(t: TFunction, key: string, params: Record<string, string> = {}): string {
  return t(key, {
    ns: 'requests',
    ...params,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  })
}

/** What kind of news a message is: of `request.answer` the entry's own name, of others their own. */
export function templateName(t: TFunction, template: string): string {
  const [about = '', what = ''] = template.split('.')
  return about === 'request' ? lifecycleWord(t, `entry.${what}`) : t(`news.${about}.${what}`)
}
