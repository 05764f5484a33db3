import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Mark } from '#web/ui/mark.tsx'
import { giveCode, logIn } from '../../data/session.ts'
import { changeLanguage } from '../../i18n.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import './login.css'

const route = getRouteApi('/console/login')

/** The way in: login and password, then the code of the second factor when one is set. */
export function LoginPage() {
  const { t, i18n } = useTranslation()
  const [second, setSecond] = useState(false)
  const client = useQueryClient()
  const navigate = useNavigate()
  const { to } = route.useSearch()
  useTitle(t('login.title'))
  const other = i18n.language === 'en' ? 'zh-CN' : 'en'

  async function enter() {
    client.clear()
    await navigate({ href: to?.startsWith(paths.base) ? to : paths.base })
  }

  return (
    <div className="login">
      <main className="login-box">
        <p className="login-brand">
          <Mark />
          {t('product')}
        </p>
        <h1>{second ? t('login.second') : t('login.title')}</h1>
        <p className="second">{second ? t('login.secondWhy') : t('login.whose')}</p>
        {second ? (
          <CodeForm onIn={() => void enter()} onBack={() => setSecond(false)} />
        ) : (
          <PasswordForm onIn={() => void enter()} onSecond={() => setSecond(true)} />
        )}
      </main>
      <p className="login-foot">
        <button type="button" lang={other} onClick={() => void changeLanguage(other)}>
          {t('me.otherLanguage')}
        </button>
      </p>
    </div>
  )
}

function PasswordForm({ onIn, onSecond }: { onIn: () => void; onSecond: () => void }) {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const enter = useMutation({
    mutationFn: () => logIn(login.trim(), password),
    onSuccess: (answer) => (answer.next === 'totp' ? onSecond() : onIn()),
    onError: () => setPassword(''),
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (login.trim() && password && !enter.isPending) enter.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={t('login.name')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={login}
        error={tried && !login.trim() && t('login.nameMissing')}
        onChange={(event) => setLogin(event.target.value)}
      />
      <TextInput
        label={t('login.password')}
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        error={tried && !password && !enter.error && t('login.passwordMissing')}
        onChange={(event) => setPassword(event.target.value)}
      />
      <ProblemNote error={enter.error} />
      <Button type="submit" kind="primary" wide busy={enter.isPending}>
        {t('login.enter')}
      </Button>
    </form>
  )
}

function CodeForm({ onIn, onBack }: { onIn: () => void; onBack: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const enter = useMutation({ mutationFn: () => giveCode(code), onSuccess: onIn, onError: () => setCode('') })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (/^\d{6}$/.test(code) && !enter.isPending) enter.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={t('login.code')}
        hint={t('login.codeHint')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        autoFocus
        value={code}
        onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
      />
      <ProblemNote error={enter.error} />
      <Button type="submit" kind="primary" wide busy={enter.isPending}>
        {t('login.enter')}
      </Button>
      <Button kind="quiet" wide onClick={onBack}>
        {t('login.back')}
      </Button>
    </form>
  )
}
