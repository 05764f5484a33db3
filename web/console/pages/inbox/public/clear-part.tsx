import { CircleAlert, Globe } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PublicationPart } from '#open311/publication-contract.ts'
import { marksIn, stillPersonal } from '#open311/redact.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { TextArea, TextInput } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { useToast } from '#web/ui/toast.tsx'
import { useClear, useWithdraw } from '../../../data/publication.ts'
import { ProblemNote } from '../../../parts/problem-note.tsx'
import { when } from '../../../time.ts'
import { Marked } from './marked.tsx'

type Props = {
  part: PublicationPart
  heading: string
  code: string
  request: string
  /** What everybody reads while nothing is cleared; null where that is nothing. */
  neutral: string | null
}

/** One piece of words: as it was said on one side, as everybody will read it on the other. */
export function ClearPart({ part, heading, code, request, neutral }: Props) {
  const { t } = useTranslation()
  const now = useNow()
  const tell = useToast()
  const [title, setTitle] = useState(part.cleared?.title ?? part.proposal.title ?? '')
  const [words, setWords] = useState(part.cleared?.description ?? part.proposal.description)
  const [looked, setLooked] = useState(false)
  const [id, setId] = useState(newId)
  const clear = useClear(request)
  const withdraw = useWithdraw(request)

  const text = part.title === null ? words : `${title}\n${words}`
  const hard = stillPersonal(text)
  const soft = [...new Set(marksIn(text).map(({ kind }) => kind))].filter((kind) => !hard.includes(kind))
  const kinds = (list: readonly string[]) =>
    list.map((kind) => t(`public.kind.${kind}`)).join(t('story.listComma'))
  const isNew =
    part.cleared === null || part.cleared.description !== words || (part.cleared.title ?? '') !== title
  const isReady = isNew && words.trim() !== '' && hard.length === 0 && (soft.length === 0 || looked)

  async function send() {
    try {
      await clear.mutateAsync({
        id,
        entry: part.entry,
        title: part.title === null ? null : title.trim() || null,
        description: words,
        looked,
      })
    } catch {
      return // It stands in `clear.error`.
    }
    setId(newId())
    tell(t('public.done', { code }))
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isReady && !clear.isPending) void send()
  }

  return (
    <form className="clear-part" onSubmit={submit} aria-label={heading}>
      <h3>{heading}</h3>
      <div className="clear-sides">
        <div>
          <p className="clear-label">{t('public.original')}</p>
          <Marked words={part.words} marks={part.marks} />
          {part.marks.length > 0 && <p className="clear-hint">{t('public.marks')}</p>}
        </div>
        <div className="clear-fields">
          {part.title !== null && (
            <TextInput
              label={t('public.shortTitle')}
              value={title}
              maxLength={60}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
          <TextArea
            label={t('public.words')}
            value={words}
            rows={4}
            maxLength={4000}
            onChange={(event) => setWords(event.target.value)}
          />
          <div aria-live="polite">
            {hard.length > 0 && (
              <p className="clear-stop">
                <Icon of={CircleAlert} size="s" />
                {t('public.still', { kinds: kinds(hard) })}
              </p>
            )}
          </div>
          {soft.length > 0 && (
            <label className="clear-looked">
              <input type="checkbox" checked={looked} onChange={() => setLooked(!looked)} />
              {t('public.looked', { kinds: kinds(soft) })}
            </label>
          )}
        </div>
      </div>
      <ProblemNote error={clear.error ?? withdraw.error} />
      <div className="clear-do">
        <Button type="submit" icon={Globe} busy={clear.isPending} aria-disabled={isReady ? undefined : true}>
          {t(part.cleared ? 'public.again' : 'public.clear')}
        </Button>
        {part.cleared && (
          <Button
            kind="quiet"
            busy={withdraw.isPending}
            onClick={() =>
              withdraw.mutate(part.cleared?.id ?? '', { onSuccess: () => tell(t('public.taken', { code })) })
            }
          >
            {t('public.withdraw')}
          </Button>
        )}
        <p>
          {part.cleared
            ? t('public.cleared', { who: part.cleared.by, when: when(t, part.cleared.at, now) })
            : neutral
              ? t('public.neutral', { text: neutral })
              : t('public.nothing')}
        </p>
      </div>
    </form>
  )
}
