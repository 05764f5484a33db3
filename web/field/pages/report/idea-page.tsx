import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { enqueue, useBook } from '../../kept/book.ts'
import { entryOf, queued } from '../../kept/entry.ts'
import { units } from '../../kept/views.ts'
import { useDoing } from '../../parts/doing.ts'
import { useKeptDraft } from '../../parts/kept-draft.ts'
import { Problem } from '../../parts/problem.tsx'
import { useTitle } from '../../title.ts'

/** A complaint or idea about the product itself, one press away, answered like any request (boundary 16). */
export function IdeaPage() {
  const { t } = useTranslation()
  useTitle(t('idea.title'))
  const path = units(useBook())[0]?.path
  const tell = useToast()
  const doing = useDoing()
  const [draft, change, forget] = useKeptDraft('idea', { words: '' })
  const [missing, setMissing] = useState(false)
  const save = () => {
    setMissing(!draft.words.trim())
    if (!draft.words.trim() || !path) return undefined
    return void doing.run(async () => {
      const need = { id: newId(), words: t('idea.prefix') + draft.words.trim() }
      await enqueue(queued(entryOf('request.submit', { path, place: t('product'), need })))
      await forget()
      tell(t('idea.kept'))
      history.back()
    })
  }
  return (
    <Screen
      top={<Top title={t('idea.title')} onBack={() => history.back()} />}
      bar={
        <Bar>
          <Button kind="primary" wide onClick={save} busy={doing.busy} aria-disabled={!path}>
            {t('idea.save')}
          </Button>
          <p className="under">{t('idea.promise')}</p>
        </Bar>
      }
    >
      <Problem error={doing.error} />
      <TextArea
        label={t('idea.words')}
        value={draft.words}
        maxLength={1900}
        error={missing && t('idea.missing')}
        onChange={(event) => change({ words: event.target.value })}
      />
    </Screen>
  )
}
