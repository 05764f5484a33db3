import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { changePassword, giveCode, type LoggedIn, logIn } from '#web/api/session.ts'
import { useFormKeys } from '../../parts/form-keys.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

/** Of a password one chooses; the server asks for the same. */
export const shortestPassword = 10

export function PasswordForm({ onIn }: { onIn: (answer: LoggedIn, password: string) => void }) {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const keys = useFormKeys()
  const enter = useMutation({
    mutationFn: () => logIn(login.trim(), password),
    onSuccess: (answer) => onIn(answer, password),
    onError: () => setPassword(''),
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (login.trim() && password && !enter.isPending) enter.mutate()
  }
  return (
    <form ref={keys} onSubmit={submit} noValidate>
      <TextInput
        label={t('login.name')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={login}
        error={tried && !login.trim() && t('login.nameMissing')}
        onChange={(event) => setLogin(event.target.value)}
      />
      <TextInput
        label={t('login.secret')}
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        error={tried && !password && !enter.error && t('login.secretMissing')}
        onChange={(event) => setPassword(event.target.value)}
      />
      <ProblemNote error={enter.error} />
      <Button type="submit" kind="primary" wide busy={enter.isPending}>
        {t('login.enter')}
      </Button>
    </form>
  )
}

/** The code of the authenticator; each is good once (RFC 6238). */
export function CodeForm({ onIn, onBack }: { onIn: (answer: LoggedIn) => void; onBack: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const keys = useFormKeys()
  const enter = useMutation({ mutationFn: () => giveCode(code), onSuccess: onIn, onError: () => setCode('') })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (/^\d{6}$/.test(code) && !enter.isPending) enter.mutate()
  }
  return (
    <form ref={keys} onSubmit={submit} noValidate>
      <TextInput
        label={t('login.digits')}
        hint={t('login.digitsHint')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
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

/** The first time, or after the security administrator set a new one: a password nobody else knows. */
export function NewPasswordForm({ current, onIn }: { current: string; onIn: () => void }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const keys = useFormKeys()
  const change = useMutation({ mutationFn: () => changePassword(current, password), onSuccess: onIn })
  const short = [...password].length < shortestPassword
  const differs = again !== password
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!short && !differs && !change.isPending) change.mutate()
  }
  return (
    <form ref={keys} onSubmit={submit} noValidate>
      <TextInput
        label={t('login.newSecret')}
        hint={t('login.newSecretHint')}
        type="password"
        autoComplete="new-password"
        value={password}
        error={tried && short && t('login.newSecretShort')}
        onChange={(event) => setPassword(event.target.value)}
      />
      <TextInput
        label={t('login.again')}
        type="password"
        autoComplete="new-password"
        value={again}
        error={tried && !short && differs && t('login.differs')}
        onChange={(event) => setAgain(event.target.value)}
      />
      <ProblemNote error={change.error} />
      <Button type="submit" kind="primary" wide busy={change.isPending}>
        {t('login.change.do')}
      </Button>
    </form>
  )
}
