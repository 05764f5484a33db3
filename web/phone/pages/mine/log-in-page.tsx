import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import { forgetNews } from '#web/api/live.ts'
import { askPhoneCode, type CodeSent, logInByPhone } from '#web/api/me.ts'
import { Refused } from '#web/api/problem.ts'
import { takeOver } from '#web/api/push.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { forgetSeen } from '../../kept/remote.ts'
import { paths } from '../../paths.ts'
import { digits, isPhone, spoken } from '../../phone-number.ts'
import { useTitle } from '../../title.ts'
import { refusalWords } from '../../refusal.ts'
import './mine.css'

/** Shows that a phone number is mine, by a code sent to it. Nothing is made or registered by it. */
export function LogInPage() {
  const { t } = useTranslation()
  useTitle(t('login.title'))
  const [, go] = useLocation()
  const stillHere = useStillHere()
  const then = new URLSearchParams(useSearch()).get('then') ?? ''
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [asked, setAsked] = useState<CodeSent>()
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const codeField = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (asked) codeField.current?.focus()
  }, [asked])

  const work = async (deed: () => Promise<void>) => {
    setBusy(true)
    setWrong(undefined)
    try {
      await deed()
    } catch (error) {
      setWrong(error instanceof Refused ? refusalWords(error) : t('unreachable'))
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isPhone(phone)) return setWrong(t('phone_wrong'))
    if (!asked) return void work(async () => setAsked(await askPhoneCode(phone)))
    if (!/^\d{6}$/.test(code)) return setWrong(t('login.code_wrong'))
    return void work(async () => {
      await logInByPhone(phone, code)
      await takeOver('phone').catch(() => undefined)
      forgetSeen()
      forgetNews()
      // Only an address of one's own pages, never one of elsewhere.
      if (stillHere()) go(/^\/(mine\/[\w-]+|my-data)$/.test(then) ? then : paths.mine(), { replace: true })
    })
  }

  return (
    <form onSubmit={submit} noValidate>
      <Screen
        top={<Top title={t('login.title')} onBack={() => (asked ? setAsked(undefined) : go(paths.mine()))} />}
        bar={
          <Bar>
            <Button kind="primary" wide type="submit" busy={busy}>
              {t(asked ? 'login.enter' : 'login.ask')}
            </Button>
            {asked && (
              <Button
                kind="quiet"
                wide
                busy={busy}
                onClick={() => void work(async () => setAsked(await askPhoneCode(phone)))}
              >
                {t('login.again')}
              </Button>
            )}
          </Bar>
        }
      >
        <p className="lede">{t(asked ? 'login.sent' : 'login.lede', { phone: spoken(phone) })}</p>
        {asked ? (
          <>
            {asked.demoCode && (
              <Card tone="care" className="demo-code" aria-live="polite">
                {t('login.demo', { code: asked.demoCode })}
              </Card>
            )}
            <TextInput
              key="code"
              ref={codeField}
              label={t('login.code')}
              error={wrong}
              value={code}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              onChange={(event) => setCode(event.target.value.replaceAll(/\D/g, ''))}
            />
          </>
        ) : (
          <TextInput
            key="phone"
            label={t('login.phone')}
            error={wrong}
            value={phone}
            type="tel"
            inputMode="tel"
            autoComplete="tel-national"
            onChange={(event) => setPhone(digits(event.target.value))}
          />
        )}
      </Screen>
    </form>
  )
}
