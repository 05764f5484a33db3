import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { type Alike, requestAlike } from '../../../data/suggest.ts'
import { reasonsText } from '../../../parts/guess.tsx'
import { when } from '../../../time.ts'
import { lifecycleWord } from '../../../words.ts'
import './answer.css'

/** How the like was answered before: to read, and to begin with. Nothing is offered that the officer may not read. */
export function AnswersBefore(props: { request: string; now: string; onStart: (words: string) => void }) {
  const { request, now, onStart } = props
  const { t } = useTranslation()
  const alike = useQuery(requestAlike(request))
  const [open, setOpen] = useState<string>()
  const items = alike.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="past-answers wide" aria-labelledby="answers-before">
      <h3 id="answers-before">{t('before.head')}</h3>
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className="past-head"
              aria-expanded={open === one.id}
              onClick={() => setOpen(open === one.id ? undefined : one.id)}
            >
              <b>{one.title}</b>
              <Content item={one} now={now} />
            </button>
            {open === one.id && (
              <div className="past-body">
                <p>{one.answer}</p>
                <div className="why-do">
                  <Button small onClick={() => onStart(one.start)}>
                    {t('before.start')}
                  </Button>
                  <p>{one.start === one.answer ? t('before.startHow') : t('before.startGaps')}</p>
                </div>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Who answered when, how content the reporter was, and which words the two have in common. */
function Content({ item, now }: { item: Alike['items'][number]; now: string }) {
  const { t } = useTranslation()
  const { by, answeredAt, satisfaction, because } = item
  const isContent = satisfaction === 'satisfied'
  return (
    <>
      <Tag tone={isContent ? 'done' : 'none'}>{lifecycleWord(t, `satisfaction.${satisfaction}`)}</Tag>
      <small>
        {t('before.by', { name: by ?? t('before.nobody'), when: when(t, answeredAt, now) })}
        {because.length > 0 && t('before.because', { words: reasonsText(t, because) })}
      </small>
    </>
  )
}
