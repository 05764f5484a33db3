import type { Plugin } from 'vite'

/**
 * Ant Design's scroll locker writes a <style> element without the page's nonce, which our
 * Content-Security-Policy then refuses. This gives every style element of `@rc-component/util` the nonce of the
 * entry script, unless the caller already gave one.
 */
export function antdCsp(): Plugin {
  const marker = 'if (csp?.nonce) {'
  return {
    name: 'chuanmen-antd-csp',
    enforce: 'pre',
    transform(code, id) {
      if (!/@rc-component[/\\]util[/\\].*dynamicCSS\.js/.test(id)) return null
      if (!code.includes(marker)) {
        this.error('dynamicCSS.js changed its shape: the nonce can no longer be added')
      }
      const nonce = `document.querySelector('script[nonce]')?.nonce`
      return {
        code: code.replace(marker, `styleNode.nonce = csp?.nonce ?? ${nonce} ?? ''\n  ${marker}`),
        map: null,
      }
    },
  }
}
