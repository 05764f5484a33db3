import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

const remembered = 'chuanmen.language'

/** Only the language in use is fetched. */
const catalogues: Record<Language, () => Promise<{ console: object; ui: object; requests: object }>> = {
  'zh-CN': async () => ({
    console: (await import('./messages/zh-CN.json')).default,
    ui: (await import('#web/ui/messages/zh-CN.json')).default,
    requests: (await import('#requests/messages/zh-CN.json')).default,
  }),
  en: async () => ({
    console: (await import('./messages/en.json')).default,
    ui: (await import('#web/ui/messages/en.json')).default,
    requests: (await import('#requests/messages/en.json')).default,
  }),
}

async function fetchLanguage(language: Language): Promise<void> {
  const { console, ui, requests } = await catalogues[language]()
  i18next.addResourceBundle(language, 'console', console)
  i18next.addResourceBundle(language, 'ui', ui)
  i18next.addResourceBundle(language, 'requests', requests)
  document.documentElement.lang = language
}

/** The language chosen here before; Chinese when nobody chose. */
function rememberedLanguage(): Language {
  return localStorage.getItem(remembered) === 'en' ? 'en' : 'zh-CN'
}

export async function startLanguage(): Promise<void> {
  const language = rememberedLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ['console', 'ui', 'requests'],
    defaultNS: 'console',
    resources: {},
    // React escapes what it renders; a second time would show entities.
    interpolation: { escapeValue: false },
  })
  await fetchLanguage(language)
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(remembered, language)
  await fetchLanguage(language)
  await i18next.changeLanguage(language)
}
