import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { takeOver } from '#web/api/push.ts'
import { Mark } from '#web/ui/mark.tsx'
import type { LoggedIn } from '#web/api/session.ts'
import { changeLanguage } from '../../i18n.ts'
import { useTitle } from '../../parts/title.ts'
import { paths } from '../../paths.ts'
import { CodeForm, NewPasswordForm, PasswordForm } from './login-forms.tsx'
import './login.css'

const route = getRouteApi('/console/login')

type Step = 'password' | 'code' | 'change'

/** The way in: login and password, the code of the second factor when one is set, an own password the first time. */
export function LoginPage() {
  const { t, i18n } = useTranslation()
  const [step, setStep] = useState<Step>('password')
  const [given, setGiven] = useState('')
  const client = useQueryClient()
  const navigate = useNavigate()
  const { to } = route.useSearch()
  useTitle(t(`login.${step}.title`))
  const other = i18n.language === 'en' ? 'zh-CN' : 'en'

  async function goOn(answer: LoggedIn | undefined) {
    if (answer?.secondFactor) return setStep('code')
    if (answer?.mustChange) return setStep('change')
    client.clear()
    await takeOver('console').catch(() => undefined)
    return navigate({ href: to?.startsWith(paths.base) ? to : paths.base })
  }

  return (
    <div className="login">
      <main className="login-box">
        <p className="login-brand">
          <Mark />
          {t('product')}
        </p>
        <h1>{t(`login.${step}.title`)}</h1>
        <p className="second">{t(`login.${step}.why`)}</p>
        {step === 'password' && (
          <PasswordForm
            onIn={(answer, password) => {
              setGiven(password)
              void goOn(answer)
            }}
          />
        )}
        {step === 'code' && (
          <CodeForm onIn={(answer) => void goOn(answer)} onBack={() => setStep('password')} />
        )}
        {step === 'change' && <NewPasswordForm current={given} onIn={() => void goOn(undefined)} />}
      </main>
      <p className="login-foot">
        <button type="button" lang={other} onClick={() => void changeLanguage(other)}>
          {t('me.otherLanguage')}
        </button>
      </p>
    </div>
  )
}
