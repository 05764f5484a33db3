import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Sheet } from '#web/ui/sheet.tsx'
import { Key } from '#web/ui/words.tsx'
import { type Step, stepKeys } from './steps.ts'
import { lifecycleWord } from '../../words.ts'

/** True where letters belong to what is being written. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

/** Listens to single keys as long as nobody is writing and no dialog is open. */
export function useKeys(onKey: (key: string) => boolean) {
  useEffect(() => {
    function listen(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (isWriting(event.target) || document.querySelector('dialog[open]')) return
      if (onKey(event.key)) event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [onKey])
}

/** The keys worth knowing, always in sight below the list. */
export function KeysFoot({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="list-foot">
      <span>
        <Key>j</Key>
        <Key>k</Key>
        {t('keys.move')}
      </span>
      <span>
        <Key>a</Key>
        {lifecycleWord(t, 'entry.accept')}
      </span>
      <span>
        <Key>d</Key>
        {lifecycleWord(t, 'entry.assign')}
      </span>
      <span>
        <Key>/</Key>
        {t('keys.search')}
      </span>
      <button type="button" onClick={onHelp}>
        <Key>?</Key>
        {t('keys.all')}
      </button>
    </div>
  )
}

/** Every key of the inbox. */
export function KeysHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const steps = Object.entries(stepKeys) as [Step, string][]
  return (
    <Sheet title={t('keys.title')} open={open} onClose={onClose}>
      <dl className="keys-all">
        {(['j', 'k', 'Enter', 'Esc', '/', '?'] as const).map((key) => (
          <div key={key}>
            <dt>
              <Key>{key}</Key>
            </dt>
            <dd>{t(`keys.does.${key}`)}</dd>
          </div>
        ))}
        {steps.map(([step, key]) => (
          <div key={step}>
            <dt>
              <Key>{key}</Key>
            </dt>
            <dd>{lifecycleWord(t, `entry.${step}`)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
