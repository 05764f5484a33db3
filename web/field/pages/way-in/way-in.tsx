import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unlockingOf } from '#web/api/field.ts'
import { Refused } from '#web/api/problem.ts'
import type { LoggedIn } from '#web/api/session.ts'
import { Mark } from '#web/ui/mark.tsx'
import { Loading } from '#web/ui/states.tsx'
import { changeLanguage, language } from '#web/ui/i18n.ts'
import { Problem } from '../../parts/problem.tsx'
import { register, signedIn } from '../../session.ts'
import { type Gone, giveHalf, keptLock, setUp, type Vault, wipe } from '../../kept/vault.ts'
import { useTitle } from '../../title.ts'
import { CodeForm } from './code-form.tsx'
import { InWechat } from './in-wechat.tsx'
import { LeaveIt } from './leave-it.tsx'
import { CodeOfDevice, NewPassword, Password } from './sign-in-forms.tsx'
import './way-in.css'

type Step = 'looking' | 'password' | 'factor' | 'change' | 'code' | 'other'
type Locked = Extract<Vault, { kind: 'locked' }>

/**
 * Sign in, and, the first time on this phone, choose the unlock code. With something kept here whose half of the server is
 * gone, signing in brings the half back, and the code opens as before.
 */
export function WayIn({ gone, kept }: { gone: Gone | null; kept?: Locked }) {
  const { t } = useTranslation()
  const [step, setStep] = useState<Step>('looking')
  const [given, setGiven] = useState('')
  const [person, setPerson] = useState<{ id: string; name: string }>()
  const [error, setError] = useState<unknown>()
  useTitle(t(`way_in.${step === 'code' ? 'code' : 'password'}.title`))

  /** Signed in: fetch the half again, or choose a code. */
  const goOn = async () => {
    setError(undefined)
    try {
      const me = await signedIn()
      if (!me) return setStep('password')
      if (!kept) {
        setPerson(me)
        return setStep('code')
      }
      if (me.id !== kept.person) return setStep('other')
      const lock = await keptLock()
      if (lock) await giveHalf((await unlockingOf(lock.device)).secret)
      return undefined
    } catch (failure) {
      setError(failure)
      return setStep('password')
    }
  }
  const look = useEffectEvent(() => {
    // After wrong codes or a withdrawal a session that still stands proves nothing: whoever holds the phone says who they are.
    if (gone) return setStep('password')
    // Who logged in at the console in this browser is not asked again. Without a line the form says so when it is used.
    return void signedIn()
      .then((me) => (me ? goOn() : setStep('password')))
      .catch(() => setStep('password'))
  })
  useEffect(() => look(), [])

  const answered = (answer: LoggedIn) => {
    if (answer.secondFactor) return setStep('factor')
    if (answer.mustChange) return setStep('change')
    return void goOn()
  }
  const choose = async (code: string) => {
    if (!person) return
    await setUp(code, await register(person.id, t('device.unnamed')))
  }
  const title =
    step === 'code' || step === 'change' || step === 'factor' || step === 'other' ? step : 'password'
  const other = language() === 'en' ? 'zh-CN' : 'en'
  return (
    <div className="screen way-in">
      <header className="top">
        <p className="brand">
          <Mark />
          {t('product')}
        </p>
        <button type="button" lang={other} className="other" onClick={() => void changeLanguage(other)}>
          {t('language.other')}
        </button>
      </header>
      <main className="page" id="main">
        <InWechat />
        <h1>{t(`way_in.${title}.title`)}</h1>
        {gone && step === 'password' && <p className="gone">{t(`gone.${gone}`)}</p>}
        {kept && kept.unsent > 0 && step === 'password' && (
          <p className="gone">{t('gone.unsent', { count: kept.unsent })}</p>
        )}
        <p className="second">{t(`way_in.${title}.why`)}</p>
        {error !== undefined && <Problem error={error} />}
        {step === 'looking' && <Loading />}
        {step === 'password' && (
          <Password
            onIn={(answer, password) => {
              setGiven(password)
              answered(answer)
            }}
          />
        )}
        {step === 'factor' && <CodeOfDevice onIn={answered} onBack={() => setStep('password')} />}
        {step === 'change' && <NewPassword current={given} onIn={() => void goOn()} />}
        {step === 'code' && person && (
          <CodeForm name={person.name} others={[person.name, given]} onChoose={choose} />
        )}
        {kept && (step === 'other' || (error instanceof Refused && error.problem.status !== 401)) && (
          <LeaveIt unsent={kept.unsent} onLeave={() => void wipe(null)} />
        )}
      </main>
    </div>
  )
}
