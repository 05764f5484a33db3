import { Check, Minus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { askErasure } from '#web/api/erasure.ts'
import { newId } from '#web/api/ids.ts'
import { Refused, refusalCode } from '#web/api/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice, TextInput } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { forgetSeen } from '../../kept/remote.ts'
import { paths } from '../../paths.ts'
import { refusalWords } from '../../refusal.ts'
import './rights.css'

/** What is to be erased. Of an open request who said it may go alone, while somebody still works on it. */
export type ToErase = { request: string; open: boolean } | 'account'

/** Says what goes and what stays, and asks for one typed word: what is erased cannot be brought back. */
export function EraseSheet({ what, onClose }: { what: ToErase | undefined; onClose: () => void }) {
  const { t } = useTranslation()
  const [here, go] = useLocation()
  /** Said under a number that this browser has not shown to be its own: the number is shown first (boundary 5). */
  const [unproven, setUnproven] = useState(false)
  const [id] = useState(newId)
  const [scope, setScope] = useState<'all' | 'person'>('all')
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const stillHere = useStillHere()
  const word = t('erase.word')
  const isOpen = what !== undefined && what !== 'account' && what.open
  const kind = what === 'account' ? 'account' : scope

  const send = async () => {
    if (!what) return
    if (typed.trim().toLowerCase() !== word.toLowerCase()) return setError(t('erase.word_missing', { word }))
    setBusy(true)
    setError(undefined)
    try {
      const done = await askErasure(
        what === 'account' ? { id, scope: 'account' } : { id, scope, request: what.request },
      )
      forgetSeen()
      if (!stillHere()) return
      onClose()
      go(paths.erased(done.id), { replace: true })
    } catch (failure) {
      if (['erasure.not_yours', 'access.not_allowed'].includes(refusalCode(failure) ?? '')) setUnproven(true)
      else setError(failure instanceof Refused ? refusalWords(failure) : t('erase.unsent'))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Sheet
      title={t(what === 'account' ? 'erase.account' : 'erase.title')}
      open={what !== undefined}
      onClose={onClose}
      footer={
        <>
          {unproven && <p role="alert">{t('erase.unproven')}</p>}
          {unproven ? (
            <Button kind="primary" wide onClick={() => go(paths.logIn(here))}>
              {t('login.title')}
            </Button>
          ) : (
            <Button kind="primary" wide onClick={() => void send()} busy={busy}>
              {t(`erase.do_${kind}`)}
            </Button>
          )}
        </>
      }
    >
      {isOpen && (
        <SegmentedChoice
          stack
          legend={t('erase.how')}
          value={scope}
          options={[
            { value: 'all', label: t('erase.open_all') },
            { value: 'person', label: t('erase.open_person') },
          ]}
          onChange={setScope}
        />
      )}
      <Lines title={t('erase.goes')} of={t(`erase.goes_${kind}`)} icon={Minus} />
      <Lines title={t('erase.stays')} of={t(`erase.stays_${kind}`)} icon={Check} />
      <p className="note">{t('erase.final')}</p>
      <TextInput
        label={t('erase.type', { word })}
        error={error}
        value={typed}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => setTyped(event.target.value)}
      />
    </Sheet>
  )
}

/** A catalogue's lines, one below the other. */
function Lines({ title, of, icon }: { title: string; of: string; icon: typeof Check }) {
  return (
    <section className="erase-lines">
      <h3>{title}</h3>
      <ul>
        {of.split('\n').map((line) => (
          <li key={line}>
            <Icon of={icon} size="s" />
            <span>{line}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
