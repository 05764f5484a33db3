import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Command } from '#whistle/commands.ts'
import type { WhistleView } from '#whistle/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useWhistleEntry } from '../../data/whistles.ts'
import { useFormKeys } from '../../parts/form-keys.ts'
import { useNarrow } from '../../parts/narrow.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'

type WithoutId<C> = C extends { id: string } ? Omit<C, 'id'> : never
export type Draft = WithoutId<Command>
export type DeedProps = { whistle: WhistleView; onDone: () => void; onCancel: () => void }

/**
 * One step being filled in, in the place where its button stood; what it will cause stands beside the button.
 *
 * @param draft what will be entered, or undefined while something needed is missing
 */
export function WhistleForm(
  props: DeedProps & {
    kind: Command['kind']
    draft: Draft | undefined
    missing?: string | undefined
    cause?: ReactNode
    children?: ReactNode
  },
) {
  const { whistle, kind, draft, missing, cause, children, onDone, onCancel } = props
  const { t } = useTranslation()
  const [id] = useState(newId)
  const [tried, setTried] = useState(false)
  const enter = useWhistleEntry(whistle.id)
  const tell = useToast()
  const form = useFormKeys(onCancel)
  const narrow = useNarrow()
  // Under a long story the form would begin below the edge.
  useEffect(() => {
    if (narrow) form.current?.scrollIntoView({ block: 'start' })
  }, [narrow, form])

  async function send(command: Command) {
    try {
      await enter.mutateAsync(command)
    } catch {
      return // It stands in `enter.error`.
    }
    tell(t('whistle.entered', { what: t(`whistle.deed.${kind}`) }))
    onDone()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (draft && !enter.isPending) void send({ ...draft, id } as Command)
  }

  return (
    <form
      ref={form}
      className="next deed"
      aria-label={t(`whistle.deed.${kind}`)}
      onSubmit={submit}
      noValidate
    >
      <h2>{t(`whistle.deed.${kind}`)}</h2>
      <div className="deed-grid">{children}</div>
      <ProblemNote error={enter.error} />
      {tried && !draft && (
        <p className="deed-missing" role="alert">
          {missing ?? t('missing.words')}
        </p>
      )}
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={enter.isPending}>
          {t(`whistle.do.${kind}`)}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('deed.cancel')}
        </Button>
        <p>{cause ?? t(`whistle.cause.${kind}`)}</p>
      </div>
    </form>
  )
}
