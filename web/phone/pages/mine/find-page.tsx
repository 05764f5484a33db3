import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Refused } from '#web/api/problem.ts'
import { followRequest } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { forgetSeen } from '../../kept/remote.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { refusalWords } from '../../refusal.ts'
import './mine.css'

/** Takes a code however it was typed: small letters, spaces, without hyphens. */
function tidyCode(typed: string): string {
  const plain = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  const parts = /^([A-Z]{2,4})(\d{4})(\d{6})$/.exec(plain)
  return parts ? parts.slice(1).join('-') : typed.trim().toUpperCase()
}

/** Finds one request without an account: its code and the last four digits of the phone left with it. */
export function FindPage() {
  const { t } = useTranslation()
  useTitle(t('find.title'))
  const [, go] = useLocation()
  const stillHere = useStillHere()
  const [code, setCode] = useState('')
  const [tail, setTail] = useState('')
  const [wrong, setWrong] = useState<{ code?: string; tail?: string }>({})
  const [busy, setBusy] = useState(false)
  const find = async (event: FormEvent) => {
    event.preventDefault()
    const tidy = tidyCode(code)
    const missing = {
      ...(!/^[A-Z]{2,4}-\d{4}-\d{6}$/.test(tidy) && { code: t('find.code_wrong') }),
      ...(!/^\d{4}$/.test(tail) && { tail: t('find.tail_wrong') }),
    }
    setWrong(missing)
    if (missing.code || missing.tail) return
    setBusy(true)
    try {
      const { id } = await followRequest(tidy, tail)
      forgetSeen()
      if (stillHere()) go(paths.request(id), { replace: true })
    } catch (error) {
      setWrong({ tail: error instanceof Refused ? refusalWords(error) : t('unreachable') })
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void find(event)} noValidate>
      <Screen
        top={<Top title={t('find.title')} onBack={() => go(paths.mine())} />}
        bar={
          <Bar>
            <Button kind="primary" wide type="submit" busy={busy}>
              {t('find.do')}
            </Button>
          </Bar>
        }
      >
        <p className="lede">{t('find.lede')}</p>
        <TextInput
          label={t('find.code')}
          hint={t('find.code_hint')}
          error={wrong.code}
          value={code}
          autoCapitalize="characters"
          autoComplete="off"
          onChange={(event) => setCode(event.target.value)}
        />
        <TextInput
          label={t('find.tail')}
          hint={t('find.confided')}
          error={wrong.tail}
          value={tail}
          inputMode="numeric"
          maxLength={4}
          autoComplete="off"
          onChange={(event) => setTail(event.target.value.replaceAll(/\D/g, ''))}
        />
      </Screen>
    </form>
  )
}
