import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Mark } from '#web/ui/mark.tsx'
import { mostWrong, ownTime } from '../../kept/own-time.ts'
import { unlock, type Vault, wipe } from '../../kept/vault.ts'
import { useDoing } from '../../parts/doing.ts'
import { Problem } from '../../parts/problem.tsx'
import { useTitle } from '../../title.ts'
import { CodeInput } from './code-input.tsx'
import { LeaveIt } from './leave-it.tsx'
import './way-in.css'

function secondsTo(until: number): number {
  return Math.max(0, Math.ceil((until - ownTime()) / 1000))
}

/** Whole seconds until another code is taken, counting down. */
function useWait(until: number): number {
  const [seconds, setSeconds] = useState(() => secondsTo(until))
  useEffect(() => {
    setSeconds(secondsTo(until))
    const timer = setInterval(() => setSeconds(secondsTo(until)), 500)
    return () => clearInterval(timer)
  }, [until])
  return seconds
}

/** Each time after the first: the code opens what is kept here, also without a line. */
export function Unlock({ vault }: { vault: Extract<Vault, { kind: 'locked' }> }) {
  const { t } = useTranslation()
  useTitle(t('unlock.title'))
  const [code, setCode] = useState('')
  const doing = useDoing()
  const wait = useWait(vault.notBefore)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code === '' || wait > 0) return
    void doing.run(async () => {
      if (!(await unlock(code))) setCode('')
    })
  }
  const said = () => {
    if (wait > 0) return t('unlock.wait', { count: wait })
    if (vault.wrong > 0) return t('unlock.wrong', { count: mostWrong - vault.wrong })
    return undefined
  }
  return (
    <div className="screen way-in">
      <header className="top">
        <p className="brand">
          <Mark />
          {t('product')}
        </p>
      </header>
      <main className="page" id="main">
        <h1>{t('unlock.title')}</h1>
        <p className="second">
          {vault.unsent > 0 ? t('unlock.unsent', { count: vault.unsent }) : t('unlock.why')}
        </p>
        <form onSubmit={submit} noValidate>
          <CodeInput label={t('code.label')} error={said()} value={code} onChange={setCode} autoFocus />
          <Problem error={doing.error} />
          <Button type="submit" kind="primary" wide busy={doing.busy} aria-disabled={wait > 0}>
            {t('unlock.do')}
          </Button>
        </form>
        {vault.wrong > 0 && <p className="note second">{t('unlock.offer')}</p>}
        <LeaveIt unsent={vault.unsent} onLeave={() => void wipe('left')} />
      </main>
    </div>
  )
}
