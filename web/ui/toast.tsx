import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './states.css'

type Toast = { id: number; says: string; undo: (() => void) | undefined }
type Tell = (says: string, undo?: () => void) => void

const Telling = createContext<Tell>(() => undefined)

/** How long a toast stays: long enough to read it and to reach the undo, also for slow hands. */
const stays = 8000

/** `tell(words, undo?)`: what has just happened, with the way back. Never for errors: those stay in the page. */
export function useToast(): Tell {
  return useContext(Telling)
}

/** Holds the toasts of a door in one live region, which exists from the start so that the ear hears the first one. */
export function Toasts({ children }: { children: ReactNode }) {
  const { t } = useTranslation('ui')
  const [toast, setToast] = useState<Toast>()
  const count = useRef(0)
  const tell = useCallback<Tell>((says, undo) => {
    count.current += 1
    setToast({ id: count.current, says, undo })
  }, [])
  useEffect(() => {
    if (!toast) return undefined
    const timer = setTimeout(() => setToast(undefined), stays)
    return () => clearTimeout(timer)
  }, [toast])
  const takeBack = () => {
    toast?.undo?.()
    setToast(undefined)
  }
  return (
    <Telling.Provider value={tell}>
      {children}
      <div className="toasts" aria-live="polite">
        {toast && (
          <div className="toast" key={toast.id}>
            <span>{toast.says}</span>
            {toast.undo && (
              <button type="button" onClick={takeBack}>
                {t('undo')}
              </button>
            )}
          </div>
        )}
      </div>
    </Telling.Provider>
  )
}
