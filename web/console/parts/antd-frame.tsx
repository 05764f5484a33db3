import { ConfigProvider, theme } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { currentTheme } from '../theme.ts'
import './antd.css'

/** The value of a design token as the page has it now; Ant Design computes shades and cannot take `var()` there. */
function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

/** The nonce of this page, for the styles that Ant Design writes while running. */
function nonce(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
}

/** Ant Design in our colours and sizes. Only its calendar is used, and it is fetched when a page first shows one. */
export function AntdFrame({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const algorithm = currentTheme() === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm
  return (
    <ConfigProvider
      csp={{ nonce: nonce() }}
      locale={i18n.language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm,
        token: {
          colorPrimary: token('--zhu'),
          colorLink: token('--zhu-ink'),
          colorText: token('--ink'),
          colorTextSecondary: token('--ink-2'),
          colorTextTertiary: token('--ink-3'),
          colorTextPlaceholder: token('--ink-3'),
          colorBgBase: token('--card'),
          colorBgContainer: token('--card'),
          colorBgElevated: token('--card'),
          colorBorder: token('--line-ctl'),
          colorBorderSecondary: token('--line'),
          colorSplit: token('--line'),
          colorError: token('--late'),
          colorErrorText: token('--late'),
          fontFamily: token('--font-ui'),
          fontSize: 14,
          borderRadius: 8,
          controlHeight: 34,
          motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        },
        components: {
          DatePicker: { cellActiveWithRangeBg: token('--paper-sunk') },
        },
      }}
    >
      {children}
    </ConfigProvider>
  )
}
