import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import type { Alike } from '#requests/together/contract.ts'
import { newId } from '#web/api/ids.ts'
import { attachmentUrl } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { Sheet } from '#web/ui/sheet.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useMerge } from '../../../data/duplicates.ts'
import { ProblemNote } from '../../../parts/problem-note.tsx'
import { exactly, when } from '../../../time.ts'
import { lifecycleWord } from '../../../words.ts'
import { useNow } from '#web/ui/now.ts'
import { marksIn } from './marks.ts'
import { reasons, sureness } from './why.ts'
import './compare.css'

/** One of the two, with what is worth comparing. */
type Side = Pick<
  Alike,
  | 'id'
  | 'code'
  | 'title'
  | 'words'
  | 'place'
  | 'category'
  | 'state'
  | 'submittedAt'
  | 'holder'
  | 'people'
  | 'photo'
>

function sideOf(request: RequestView): Side {
  const { id, code, title, words, place, state, submittedAt, people } = request
  return {
    ...{ id, code, title, words, place, state, submittedAt, people },
    category: request.category?.name ?? null,
    holder: request.holder?.organisation.name ?? null,
    photo: request.attachments.find(({ kind }) => kind === 'photo')?.id ?? null,
  }
}

/**
 * Two requests side by side. Whoever merges says which one stays, sees what it will cause, and nothing happens before the
 * button is pressed (RQ13: never silently).
 */
export function Compare({
  request,
  other,
  onClose,
  onMerged = onClose,
}: {
  request: RequestView
  other: Alike
  onClose: () => void
  onMerged?: () => void
}) {
  const { t } = useTranslation()
  const tell = useToast()
  const merge = useMerge()
  const [id] = useState(newId)
  const [words, setWords] = useState('')
  const sides: [Side, Side] = [sideOf(request), other]
  // Offered: what may be done, else the one that was said first stays.
  const first = other.submittedAt < request.submittedAt ? other.id : request.id
  const may = (stays: string) => (stays === other.id ? other.mayStay : other.mayGo)
  const [stays, setStays] = useState(may(first) ? first : first === other.id ? request.id : other.id)
  const [kept, gone] = stays === other.id ? [sides[1], sides[0]] : [sides[0], sides[1]]
  const mayMerge = other.mayStay || other.mayGo

  async function send() {
    try {
      await merge.mutateAsync({ gone: gone.id, into: kept.id, id, words })
    } catch {
      return // It stands in `merge.error`.
    }
    tell(t('duplicates.done', { gone: gone.code, kept: kept.code }))
    onMerged()
  }

  return (
    <Sheet
      title={t('duplicates.compare')}
      open
      wide
      onClose={onClose}
      footer={
        mayMerge && (
          <div className="deed-do">
            <Button
              kind="primary"
              busy={merge.isPending}
              onClick={() => void send()}
              aria-disabled={!may(stays)}
            >
              {t('duplicates.merge')}
            </Button>
            <Button kind="quiet" onClick={onClose}>
              {t('duplicates.notTheSame')}
            </Button>
            <p>{t('duplicates.cause', { gone: gone.code, kept: kept.code })}</p>
          </div>
        )
      }
    >
      <p className="compare-why">
        <b>{sureness(t, other.score)}</b>
        {reasons(t, other).join(t('comma'))}
      </p>
      <Parts parts={other.parts} />
      <fieldset className="compare">
        <legend>{t(mayMerge ? 'duplicates.stays' : 'duplicates.both')}</legend>
        {sides.map((side) => (
          <SideCard
            key={side.id}
            side={side}
            common={other.common}
            chosen={stays === side.id}
            choose={mayMerge && may(side.id) ? () => setStays(side.id) : undefined}
          />
        ))}
      </fieldset>
      {mayMerge ? (
        <TextArea
          label={t('duplicates.why')}
          value={words}
          maxLength={500}
          rows={2}
          onChange={(event) => setWords(event.target.value)}
        />
      ) : (
        <p className="note">{t('duplicates.cannot')}</p>
      )}
      <ProblemNote error={merge.error} />
    </Sheet>
  )
}

/** What the score is made of, as bars to either side: towards the same, or away from it. */
function Parts({ parts }: { parts: Alike['parts'] }) {
  const { t } = useTranslation()
  return (
    <dl className="compare-parts">
      {(['near', 'soon', 'kind', 'words'] as const).map((part) => (
        <div key={part}>
          <dt>{t(`duplicates.part.${part}`)}</dt>
          <dd>
            {t(
              parts[part] >= 2
                ? 'duplicates.much'
                : parts[part] > 0.3
                  ? 'duplicates.some'
                  : parts[part] < -0.3
                    ? 'duplicates.against'
                    : 'duplicates.little',
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function SideCard({
  side,
  common,
  chosen,
  choose,
}: {
  side: Side
  common: readonly string[]
  chosen: boolean
  choose: (() => void) | undefined
}) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <div className={chosen ? 'compare-side chosen' : 'compare-side'}>
      <label className="compare-pick">
        <input type="radio" name="stays" checked={chosen} disabled={!choose} onChange={() => choose?.()} />
        <span>{t('duplicates.staysThis', { code: side.code })}</span>
      </label>
      <h3>{side.title}</h3>
      <p className="words">
        {marksIn(side.words, common).map((part, index) =>
          // The parts of one text never change their order.
          part.common ? <mark key={index}>{part.text}</mark> : part.text,
        )}
      </p>
      {side.photo && (
        <img src={attachmentUrl(side.photo)} alt={t('story.photo')} loading="lazy" width={160} height={120} />
      )}
      <dl>
        <dt>{t('duplicates.where')}</dt>
        <dd>{side.place}</dd>
        <dt>{t('duplicates.when')}</dt>
        <dd title={exactly(t, side.submittedAt)}>{when(t, side.submittedAt, now, true)}</dd>
        <dt>{t('duplicates.kindOf')}</dt>
        <dd>{side.category ?? t('case.noKind')}</dd>
        <dt>{t('duplicates.stands')}</dt>
        <dd>{[lifecycleWord(t, `state.${side.state}`), side.holder].filter(Boolean).join(t('comma'))}</dd>
        <dt>{t('duplicates.howMany')}</dt>
        <dd>{t('duplicates.persons', { count: side.people })}</dd>
      </dl>
    </div>
  )
}
