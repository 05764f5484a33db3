const remembered = 'chuanmen.theme'

export type Theme = 'light' | 'dark'

export function currentTheme(): Theme {
  return localStorage.getItem(remembered) === 'dark' ? 'dark' : 'light'
}

/** Puts the theme on the page and remembers it on this computer. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(remembered, theme)
  if (theme === 'dark') document.documentElement.dataset.theme = 'dark'
  else delete document.documentElement.dataset.theme
}
