import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import type { Deed } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useEnter } from '../../../data/requests.ts'
import { newId } from '#web/api/ids.ts'
import { useFormKeys } from '../../../parts/form-keys.ts'
import { useNarrow } from '../../../parts/narrow.ts'
import { ProblemNote } from '../../../parts/problem-note.tsx'
import type { BesideStep, Step } from '../steps.ts'
import { lifecycleWord } from '../../../words.ts'

type WithoutId<C> = C extends { id: string } ? Omit<C, 'id'> : never
/** A command as a form fills it; the id is added once when the form opens. */
export type Draft = WithoutId<Deed>

export type DeedProps = { request: RequestView; now: string; onDone: () => void; onCancel: () => void }

/**
 * One step being filled in, in the place where its button stood. The ledger is append-only, so nothing can be undone:
 * what the step will cause stands beside the button, and nobody is asked whether they are sure.
 *
 * @param draft what will be entered, or undefined while something needed is missing
 */
export function DeedForm(
  props: DeedProps & {
    step: Step | BesideStep
    draft: Draft | undefined
    cause: ReactNode
    missing: string
    /** what was chosen that brings more fields */
    unfolded?: string | undefined
    /** told when somebody presses the button */
    onTry?: () => void
    children?: ReactNode
  },
) {
  const { request, step, draft, cause, missing, unfolded, onTry, children, onDone, onCancel } = props
  const { t } = useTranslation()
  const [id] = useState(newId)
  const [tried, setTried] = useState(false)
  const enter = useEnter(request.id)
  const tell = useToast()
  const form = useFormKeys(onCancel)
  const narrow = useNarrow()
  // Under a long story the form would begin below the edge.
  useEffect(() => {
    if (narrow) form.current?.scrollIntoView({ block: 'start' })
  }, [narrow, form])
  useEffect(() => {
    if (narrow && unfolded) form.current?.scrollIntoView({ block: 'nearest' })
  }, [narrow, form, unfolded])

  async function send(deed: Deed) {
    try {
      // Awaited here, because this form is gone as soon as the step is no longer allowed.
      await enter.mutateAsync(deed)
    } catch {
      return // It stands in `enter.error`.
    }
    tell(t('deed.done', { what: lifecycleWord(t, `entry.${step}`), code: request.code }))
    onDone()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    onTry?.()
    if (draft && !enter.isPending) void send({ ...draft, id } as Deed)
  }

  return (
    <form
      ref={form}
      className="next deed"
      aria-label={lifecycleWord(t, `entry.${step}`)}
      onSubmit={submit}
      noValidate
    >
      <h2>{lifecycleWord(t, `entry.${step}`)}</h2>
      <div className="deed-grid">{children}</div>
      <ProblemNote error={enter.error} />
      {tried && !draft && (
        <p className="deed-missing" role="alert">
          {missing}
        </p>
      )}
      <div className="deed-do">
        <Button type="submit" kind="primary" busy={enter.isPending}>
          {t(`deed.${step}`)}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('deed.cancel')}
        </Button>
        <p>{cause}</p>
      </div>
    </form>
  )
}
