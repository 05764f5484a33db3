import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changePassword, giveCode, type LoggedIn, logIn } from '#web/api/session.ts'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Problem } from '../../parts/problem.tsx'
import { useDoing } from '../../parts/doing.ts'

/** Of a password one chooses; the server asks for the same. */
const shortestPassword = 10

export function Password({ onIn }: { onIn: (answer: LoggedIn, password: string) => void }) {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const doing = useDoing()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!login.trim() || !password) return
    void doing.run(async () => onIn(await logIn(login.trim(), password), password))
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={t('way_in.name')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={login}
        error={tried && !login.trim() && t('way_in.name_missing')}
        onChange={(event) => setLogin(event.target.value)}
      />
      <TextInput
        label={t('way_in.secret')}
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        error={tried && !password && t('way_in.secret_missing')}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Problem error={doing.error} />
      <Button type="submit" kind="primary" wide busy={doing.busy}>
        {t('way_in.enter')}
      </Button>
    </form>
  )
}

/** The code of the authenticator, for posts that need one. */
export function CodeOfDevice({ onIn, onBack }: { onIn: (answer: LoggedIn) => void; onBack: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const doing = useDoing()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (/^\d{6}$/.test(code)) void doing.run(async () => onIn(await giveCode(code)))
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={t('way_in.digits')}
        hint={t('way_in.digits_hint')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={code}
        onChange={(event) => setCode(event.target.value.replaceAll(/\D/g, ''))}
      />
      <Problem error={doing.error} />
      <Button type="submit" kind="primary" wide busy={doing.busy}>
        {t('way_in.enter')}
      </Button>
      <Button kind="quiet" wide onClick={onBack}>
        {t('way_in.back')}
      </Button>
    </form>
  )
}

/** The first time: a password nobody else knows. */
export function NewPassword({ current, onIn }: { current: string; onIn: () => void }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const doing = useDoing()
  const short = [...password].length < shortestPassword
  const differs = again !== password
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!short && !differs)
      void doing.run(async () => {
        await changePassword(current, password)
        onIn()
      })
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={t('way_in.new_secret')}
        type="password"
        autoComplete="new-password"
        value={password}
        hint={t('way_in.new_secret_hint')}
        error={tried && short && t('way_in.new_secret_short')}
        onChange={(event) => setPassword(event.target.value)}
      />
      <TextInput
        label={t('way_in.again')}
        type="password"
        autoComplete="new-password"
        value={again}
        error={tried && !short && differs && t('way_in.differs')}
        onChange={(event) => setAgain(event.target.value)}
      />
      <Problem error={doing.error} />
      <Button type="submit" kind="primary" wide busy={doing.busy}>
        {t('way_in.change.do')}
      </Button>
    </form>
  )
}
