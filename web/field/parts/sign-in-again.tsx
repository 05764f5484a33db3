import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signedIn } from '../session.ts'
import { Sheet } from '#web/ui/sheet.tsx'
import { tryNow } from '../kept/sender.ts'
import { useVault } from '../kept/vault.ts'
import { CodeOfDevice, Password } from '../pages/way-in/sign-in-forms.tsx'

/** The session of the server has ended (12 hours): what is kept stays open, and goes out after signing in again. */
export function SignInAgain({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const vault = useVault()
  const [factor, setFactor] = useState(false)
  const [other, setOther] = useState(false)
  const done = async () => {
    const me = await signedIn()
    setFactor(false)
    if (vault.kind === 'open' && me?.id !== vault.person) return setOther(true)
    setOther(false)
    tryNow()
    return onClose()
  }
  return (
    <Sheet title={t('sign_in_again.title')} open onClose={onClose}>
      <p className="second">{t('sign_in_again.why')}</p>
      {other && (
        <p className="lost" role="alert">
          {t('sign_in_again.other')}
        </p>
      )}
      {factor ? (
        <CodeOfDevice onIn={() => void done()} onBack={() => setFactor(false)} />
      ) : (
        <Password onIn={(answer) => (answer.secondFactor ? setFactor(true) : void done())} />
      )}
    </Sheet>
  )
}
