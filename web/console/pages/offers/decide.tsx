import { Globe } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Select, TextArea, TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { neverIn } from '#wishes/rules.ts'
import { type DeskWish, useDecideWish } from '../../data/wishes.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import '../inbox/public/public.css'

const kinds = ['thing', 'repair', 'company', 'learning', 'errand', 'other'] as const

/** What was said on one side, with what may never be published marked; what everybody reads on the other (WI2). */
export function Decide({ wish }: { wish: DeskWish }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [id] = useState(newId)
  const [kind, setKind] = useState(wish.kind)
  const [title, setTitle] = useState(wish.title ?? '')
  const [words, setWords] = useState(wish.words ?? '')
  const [looked, setLooked] = useState(false)
  const [why, setWhy] = useState('')
  const [refusing, setRefusing] = useState(false)
  const decide = useDecideWish(wish.id)
  const marks = neverIn(`${title}\n${words}`)
  const hard = [...new Set(marks.map((mark) => mark.kind))].filter((one) => one !== 'name' && one !== 'link')
  const soft = marks.some((mark) => mark.kind === 'name' || mark.kind === 'link')
  const ready = title.trim().length > 1 && words.trim().length > 1 && hard.length === 0 && (!soft || looked)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (decide.isPending) return
    if (refusing) {
      if (why.trim().length > 1)
        decide.mutate(
          { id, kind: 'decline', words: why.trim() },
          { afterwards: () => tell(t('wishes.declinedDone', { code: wish.code })) },
        )
      return
    }
    if (ready)
      decide.mutate(
        { id, kind: 'publish', as: kind, title: title.trim(), words: words.trim(), looked },
        { afterwards: () => tell(t('wishes.published', { code: wish.code })) },
      )
  }

  return (
    <form className="clear-part" onSubmit={submit} aria-label={t('wishes.decide', { code: wish.code })}>
      <div className="clear-sides">
        <div>
          <p className="clear-label">{t('wishes.said')}</p>
          <Said wish={wish} />
          {wish.marks.length > 0 && <p className="clear-hint">{t('wishes.marks')}</p>}
        </div>
        {refusing ? (
          <TextArea
            label={t('wishes.whyNot')}
            value={why}
            rows={3}
            maxLength={300}
            onChange={(event) => setWhy(event.target.value)}
          />
        ) : (
          <div className="clear-fields">
            <Select
              label={t('wishes.kindLabel')}
              value={kind}
              onChange={(event) => setKind(event.target.value as typeof kind)}
            >
              {kinds.map((one) => (
                <option key={one} value={one}>
                  {t(`wishes.kind.${one}`)}
                </option>
              ))}
            </Select>
            <TextInput
              label={t('wishes.title')}
              value={title}
              maxLength={40}
              onChange={(event) => setTitle(event.target.value)}
            />
            <TextArea
              label={t('wishes.words')}
              hint={t('wishes.wordsHint')}
              value={words}
              rows={3}
              maxLength={300}
              onChange={(event) => setWords(event.target.value)}
            />
            <div aria-live="polite">
              {hard.length > 0 && (
                <p className="clear-stop">
                  {t('wishes.still', {
                    kinds: hard.map((one) => t(`wishes.mark.${one}`)).join(t('story.listComma')),
                  })}
                </p>
              )}
            </div>
            {soft && (
              <label className="clear-looked">
                <input type="checkbox" checked={looked} onChange={() => setLooked(!looked)} />
                {t('wishes.looked')}
              </label>
            )}
          </div>
        )}
      </div>
      <ProblemNote error={decide.error} />
      <div className="clear-do">
        <Button
          type="submit"
          icon={refusing ? undefined : Globe}
          busy={decide.isPending}
          aria-disabled={(refusing ? why.trim().length < 2 : !ready) || undefined}
        >
          {t(refusing ? 'wishes.decline' : 'wishes.publish')}
        </Button>
        <Button kind="quiet" onClick={() => setRefusing(!refusing)}>
          {t(refusing ? 'wishes.notDecline' : 'wishes.notPublish')}
        </Button>
      </div>
    </form>
  )
}

/** As it was said, with marks that say what they look like. */
function Said({ wish }: { wish: DeskWish }) {
  const { t } = useTranslation()
  const { said, marks } = wish
  if (!said) return <p className="note">{t('wishes.erased')}</p>
  return (
    <blockquote className="clear-original">
      {marks.map(({ from, to, kind }, index) => (
        <span key={from}>
          {said.slice(marks[index - 1]?.to ?? 0, from)}
          <mark title={t(`wishes.mark.${kind}`)}>{said.slice(from, to)}</mark>
        </span>
      ))}
      {said.slice(marks.at(-1)?.to ?? 0)}
    </blockquote>
  )
}
