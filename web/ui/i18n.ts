import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import zh from './messages/zh-CN.json'

export type Language = 'zh-CN' | 'en'
type Catalogue = Record<string, unknown>
type Later = () => Promise<{ default: Catalogue }>
/** One namespace: Chinese comes with the page, because nearly everybody reads it and waits for it; others are fetched. */
export type Catalogues = Record<string, { 'zh-CN': Catalogue } & Record<Exclude<Language, 'zh-CN'>, Later>>

const key = 'chuanmen.language'
let known: Catalogues = {}

const uiCatalogue: Catalogues = { ui: { 'zh-CN': zh, en: () => import('./messages/en.json') } }

function remembered(): Language {
  try {
    return localStorage.getItem(key) === 'en' ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN'
  }
}

async function load(language: Language): Promise<void> {
  await Promise.all(
    Object.entries(known).map(async ([namespace, of]) => {
      if (i18next.hasResourceBundle(language, namespace)) return
      const texts = language === 'zh-CN' ? of[language] : (await of[language]()).default
      i18next.addResourceBundle(language, namespace, texts)
    }),
  )
  document.documentElement.lang = language
}

/**
 * Starts the words of a door. Chinese unless another language was chosen on this machine before; the browser's own
 * setting does not decide, because many phones here are sold with an English system.
 */
export async function startI18n(catalogues: Catalogues, defaultNS: string): Promise<void> {
  known = { ...uiCatalogue, ...catalogues }
  await i18next.use(initReactI18next).init({
    lng: remembered(),
    fallbackLng: false,
    defaultNS,
    ns: Object.keys(known),
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await load(remembered())
}

/** Adds the words of a part that is fetched later, before it is shown. */
export async function withWords(namespace: string, of: Catalogues[string]): Promise<void> {
  known = { ...known, [namespace]: of }
  await load(language())
}

export function language(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN'
}

/** Fetches the other catalogue first, then changes, so that no page shows bare keys in between. */
export async function changeLanguage(to: Language): Promise<void> {
  try {
    localStorage.setItem(key, to)
  } catch {
    // private windows may refuse; the choice then lasts as long as the page
  }
  await load(to)
  await i18next.changeLanguage(to)
}
