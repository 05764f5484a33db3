import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Refused } from '#web/api/problem.ts'
import { type Deed, enter, type RequestView } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { type DraftFile, sendFile, sendMeanwhile } from '../../kept/draft-file.ts'
import { Pictures } from '../say/pictures.tsx'
import { LineBroken } from '../say/uploading.tsx'
import { refusalWords } from '../../refusal.ts'
import '../say/say.css'

/** What a resident may add that takes words: a line more, not solved, take it back, it is all right already. */
export type DeedAsked = 'note' | 'reply' | 'reopen' | 'appeal' | 'withdraw' | 'fixed'

function deed(asked: DeedAsked, id: string, words: string, attachments: string[], fixedWords: string): Deed {
  switch (asked) {
    case 'note':
    case 'reply':
      return { id, kind: 'note', words, attachments, visible: true }
    case 'reopen':
      return { id, kind: 'reopen', words }
    case 'appeal':
      return { id, kind: 'appeal', words }
    case 'withdraw':
      return { id, kind: 'withdraw', words }
    case 'fixed':
      return { id, kind: 'withdraw', words: words || fixedWords }
  }
}

type Props = {
  request: string
  asked: DeedAsked | undefined
  onClose: () => void
  onDone: (request: RequestView) => void
}

/** Asks for the words of one deed and says what it will cause. The words stay until the server has them. */
export function DeedSheet({ request, asked, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const [id, setId] = useState(newId)
  const [words, setWords] = useState('')
  const [files, setFiles] = useState<DraftFile[]>([])
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const kind = asked ?? 'note'
  const needsWords = kind !== 'withdraw' && kind !== 'fixed'

  const leave = () => {
    setError(undefined)
    onClose()
  }
  const change = (file: string, how: Partial<DraftFile>) =>
    setFiles((now) => now.map((one) => (one.id === file ? { ...one, ...how } : one)))
  const add = (file: DraftFile) => {
    setFiles((now) => [...now, file])
    // On its way while the words are written.
    sendMeanwhile(file.id).then(
      () => change(file.id, { sent: true }),
      (failure) => change(file.id, { refused: failure instanceof Refused ? refusalWords(failure) : '' }),
    )
  }
  const send = async () => {
    if (needsWords && !words.trim()) return setError(t(`deed.${kind}_missing`))
    setBusy(true)
    setError(undefined)
    try {
      const taken = files.filter((file) => !file.refused)
      for (const file of taken) await sendFile(file.id)
      const after = await enter(
        request,
        deed(
          kind,
          id,
          words.trim(),
          taken.map((file) => file.id),
          t('deed.fixed_words'),
        ),
      )
      setId(newId())
      setWords('')
      setFiles([])
      leave()
      onDone(after)
    } catch (failure) {
      setError(failure instanceof Refused ? refusalWords(failure) : t('deed.unsent'))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Sheet
      title={t(`deed.${kind}`)}
      open={asked !== undefined}
      onClose={leave}
      footer={
        <Button kind="primary" wide onClick={() => void send()} busy={busy}>
          {t(`deed.${kind}_do`)}
        </Button>
      }
    >
      <TextArea
        label={t(`deed.${kind}_label`)}
        hint={t(`deed.${kind}_causes`)}
        error={error}
        value={words}
        maxLength={500}
        onChange={(event) => setWords(event.target.value)}
      />
      {(kind === 'note' || kind === 'reply') && (
        <div className="say">
          <Pictures
            files={files}
            onAdd={add}
            onRemove={(gone) => setFiles((now) => now.filter((file) => file.id !== gone))}
          />
          <LineBroken files={files} />
        </div>
      )}
    </Sheet>
  )
}
