import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { KeyRound, Languages, LogOut, Moon, Sun } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { forgetNews } from '#web/api/live.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Face } from '#web/ui/seal.tsx'
import { endSession } from '#web/api/session.ts'
import { useMe } from '../data/me.ts'
import { changeLanguage } from '../i18n.ts'
import { paths } from '../paths.ts'
import { applyTheme, currentTheme } from '../theme.ts'

/** Who I am here and in which posts; the other language, the other theme, the way out. */
export function Who() {
  const { t, i18n } = useTranslation()
  const { name, posts } = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [theme, setTheme] = useState(currentTheme)
  const box = useRef<HTMLDivElement>(null)
  const post = posts[0]

  useEffect(() => {
    if (!open) return undefined
    const outside = (event: Event) => box.current?.contains(event.target as Node) || setOpen(false)
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false)
    document.addEventListener('pointerdown', outside)
    document.addEventListener('keydown', escape)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('keydown', escape)
    }
  }, [open])

  const other = i18n.language === 'en' ? 'zh-CN' : 'en'
  /** What the server words (categories, refusals) is asked for again in the new language. */
  async function speak() {
    await changeLanguage(other)
    await client.invalidateQueries()
  }
  function switchTheme() {
    const next = theme === 'dark' ? 'light' : 'dark'
    applyTheme(next)
    setTheme(next)
  }
  async function leave() {
    // Seldom pressed, so it comes when it is.
    await import('#web/api/push.ts').then(({ leaveHere }) => leaveHere('console')).catch(() => undefined)
    await endSession().catch(() => undefined)
    forgetNews()
    client.clear()
    await navigate({ to: paths.login })
  }

  return (
    <div className="me" ref={box}>
      <button type="button" className="me-btn" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Face name={name ?? ''} size="s" />
        <span>{post ? t('me.line', { name, role: t(`role.${post.role}`) }) : name}</span>
      </button>
      {open && (
        <div className="menu">
          <div className="menu-who">
            {name}
            {posts.map((one) => (
              <small key={`${one.role}${one.organisation.id}${one.path}`}>
                {t('me.post', { role: t(`role.${one.role}`), organisation: one.organisation.name })}
              </small>
            ))}
          </div>
          <button type="button" lang={other} onClick={() => void speak()}>
            <Icon of={Languages} size="s" />
            {t('me.otherLanguage')}
          </button>
          <button type="button" onClick={switchTheme}>
            <Icon of={theme === 'dark' ? Sun : Moon} size="s" />
            {t(theme === 'dark' ? 'me.light' : 'me.dark')}
          </button>
          <Link to={paths.account} onClick={() => setOpen(false)}>
            <Icon of={KeyRound} size="s" />
            {t('me.account')}
          </Link>
          <button type="button" onClick={() => void leave()}>
            <Icon of={LogOut} size="s" />
            {t('me.leave')}
          </button>
        </div>
      )}
    </div>
  )
}
