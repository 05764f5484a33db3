import { FileSpreadsheet } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useUpload } from '../../data/imports.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Bar } from './progress.tsx'

const mostBytes = 400_000_000

/** Takes a file, dropped or chosen, and sends it. @param id of an upload that stopped half-way. */
export function DropFile({ path, id, onSent }: { path: string; id?: string; onSent: (id: string) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const { send, sending, error, isPending } = useUpload()
  const take = async (file: File | undefined) => {
    if (!file || isPending) return
    setWrong(undefined)
    if (file.size === 0) return setWrong(t('import.emptyFile'))
    if (file.size > mostBytes) return setWrong(t('import.largeFile'))
    const sent = await send(file, path, id).catch(() => null)
    if (sent) onSent(sent.id)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <section
      className={over ? 'import-drop over' : 'import-drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      aria-label={t('import.drop')}
    >
      <Icon of={FileSpreadsheet} />
      <div>
        {sending ? (
          <Bar label={t('import.sending')} done={sending.sent} of={sending.whole} bytes />
        ) : (
          <>
            <p className="import-drop-title">{t('import.drop')}</p>
            <p className="note second">{t('import.dropHint')}</p>
          </>
        )}
        {wrong && (
          <p className="problem" role="alert">
            {wrong}
          </p>
        )}
        <ProblemNote error={error} />
      </div>
      <input
        ref={input}
        type="file"
        className="vh"
        tabIndex={-1}
        aria-label={t('import.choose')}
        accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button kind="primary" busy={isPending} onClick={() => input.current?.click()}>
        {t('import.choose')}
      </Button>
    </section>
  )
}
