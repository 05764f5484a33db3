import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { isGuessable, shortestCode } from '../../kept/sealing.ts'
import { Problem } from '../../parts/problem.tsx'
import { useDoing } from '../../parts/doing.ts'
import { CodeInput } from './code-input.tsx'

/** Chooses the unlock code, twice, so that a slip of the finger does not lock one out. */
export function CodeForm({
  name,
  others,
  onChoose,
}: {
  name: string
  /** What a thief may know: it is no code. */
  others: string[]
  onChoose: (code: string) => Promise<void>
}) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const doing = useDoing()
  const wrong =
    [...code].length < shortestCode
      ? t('code.short', { count: shortestCode })
      : isGuessable(code, others)
        ? t('code.guessable')
        : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!wrong && again === code) void doing.run(() => onChoose(code))
  }
  return (
    <form onSubmit={submit} noValidate>
      {/* So that a password keeper does not take the code for the password of the account. */}
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={`${name} ${t('code.label')}`}
        readOnly
        hidden
      />
      <CodeInput
        label={t('code.label')}
        hint={t('code.hint', { count: shortestCode })}
        error={tried && wrong}
        value={code}
        onChange={setCode}
      />
      <CodeInput
        label={t('code.again')}
        error={tried && !wrong && again !== code && t('code.differs')}
        value={again}
        onChange={setAgain}
      />
      <Problem error={doing.error} />
      <Button type="submit" kind="primary" wide busy={doing.busy}>
        {t('code.set')}
      </Button>
      <p className="note second">{t('code.forgotten_hint')}</p>
    </form>
  )
}
