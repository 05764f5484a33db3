import en from '#notify/messages/mail.en.json'
import zh from '#notify/messages/mail.zh-CN.json'

/** The words with values as they could be, so that one sees the sentence and not its gaps. */
export function filled(words: string, language: 'zh-CN' | 'en'): string {
  const example: Record<string, string> = (language === 'en' ? en : zh).example
  return words.replaceAll(/\{(\w+)\}/g, (gap, name: string) => example[name] ?? gap)
}
