import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { useMe } from '../../data/me.ts'
import { changePassword, confirmSecondFactor, offerSecondFactor } from '#web/api/session.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useTitle } from '../../parts/title.ts'
import { shortestPassword } from '../login/login-forms.tsx'
import { paths } from '../../paths.ts'
import { Qr } from '../../parts/qr.tsx'
import { Ways } from './ways.tsx'
import './account.css'

/** What is mine alone: my second factor and my password. */
export function AccountPage() {
  const { t } = useTranslation()
  const me = useMe()
  useTitle(t('me.account'))
  return (
    <div className="page account">
      <header className="page-head">
        <div>
          <h1>{t('me.account')}</h1>
          <p>{me.due.length > 0 ? t('account.due') : me.name}</p>
        </div>
      </header>
      <SecondFactor inForce={me.secondFactor} />
      <OwnPassword />
      {me.due.length === 0 && <Ways />}
    </div>
  )
}

/** Setting up an authenticator: the secret is shown once and is in force when a code made with it came back. */
function SecondFactor({ inForce }: { inForce: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const wasSentHere = useMe().due.length > 0
  const [code, setCode] = useState('')
  const start = useMutation({ mutationFn: () => offerSecondFactor(undefined) })
  const secret = start.data?.secret ?? ''
  const confirm = useMutation({
    mutationFn: () => confirmSecondFactor(code),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['me'] })
      // Who was sent here to set it up wanted to go somewhere else.
      if (wasSentHere) await navigate({ to: paths.base })
    },
    onError: () => setCode(''),
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (/^\d{6}$/.test(code) && !confirm.isPending) confirm.mutate()
  }
  return (
    <section>
      <h2>
        {t('account.second')}
        {inForce && <Tag tone="done">{t('account.inForce')}</Tag>}
      </h2>
      <p className="second">{inForce ? t('account.secondReplace') : t('account.secondWhy')}</p>
      {!inForce && !start.data && (
        <Button kind="primary" busy={start.isPending} onClick={() => start.mutate()}>
          {t('account.setUp')}
        </Button>
      )}
      <ProblemNote error={start.error} />
      {!inForce && start.data && (
        <form className="pane-form" onSubmit={submit} noValidate>
          <p>{t('account.scan')}</p>
          <Qr text={start.data.uri} label={t('account.picture')} />
          <p>{t('account.typeIn')}</p>
          <p className="secret">{secret.replaceAll(/(.{4})/g, '$1 ').trim()}</p>
          <p className="note">
            <a className="fig" href={start.data.uri}>
              {t('account.onThisDevice')}
            </a>
          </p>
          <TextInput
            label={t('login.digits')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          />
          <ProblemNote error={confirm.error} />
          <div>
            <Button type="submit" kind="primary" busy={confirm.isPending}>
              {t('account.confirm')}
            </Button>
          </div>
        </form>
      )}
    </section>
  )
}

function OwnPassword() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const change = useMutation({
    mutationFn: () => changePassword(current, password),
    onSuccess: () => {
      setCurrent('')
      setPassword('')
      setTried(false)
      void client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  const short = [...password].length < shortestPassword
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (current && !short && !change.isPending) change.mutate()
  }
  return (
    <section>
      <h2>{t('login.secret')}</h2>
      <form className="pane-form" onSubmit={submit} noValidate>
        <TextInput
          label={t('account.current')}
          type="password"
          autoComplete="current-password"
          value={current}
          error={tried && !current && t('login.secretMissing')}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <TextInput
          label={t('login.newSecret')}
          hint={t('login.newSecretHint')}
          type="password"
          autoComplete="new-password"
          value={password}
          error={tried && short && t('login.newSecretShort')}
          onChange={(event) => setPassword(event.target.value)}
        />
        <ProblemNote error={change.error} />
        <div className="deed-do">
          <Button type="submit" busy={change.isPending}>
            {t('account.change')}
          </Button>
          <output className="note second">
            {change.isSuccess ? t('account.changed') : t('account.changeCause')}
          </output>
        </div>
      </form>
    </section>
  )
}
