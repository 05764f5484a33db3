import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchPage } from '#requests/search/contract.ts'
import { searchReported } from '#web/api/requests.ts'
import { Card } from '#web/ui/card.tsx'
import { TextInput } from '#web/ui/field.tsx'
import { Empty } from '#web/ui/states.tsx'

/** Long enough that a word is typed to its end before it is searched for, in milliseconds. */
const pause = 400

type Answer = { q: string; page: SearchPage | 'failed' }

/** A field over the list of my things; while something stands in it, what was found stands in the list's place. */
export function OwnSearch(props: {
  offered: boolean
  row: (item: SearchPage['items'][number]) => ReactNode
  children: ReactNode
}) {
  const { offered, row, children } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [answer, setAnswer] = useState<Answer>()
  const q = typed.trim()

  useEffect(() => {
    if (q.length < 2) return undefined
    const asking = new AbortController()
    const timer = setTimeout(() => {
      searchReported(q, asking.signal)
        .then((page) => setAnswer({ q, page }))
        .catch(() => asking.signal.aborted || setAnswer({ q, page: 'failed' }))
    }, pause)
    return () => {
      clearTimeout(timer)
      asking.abort()
    }
  }, [q])

  if (!offered) return children
  const page = q.length >= 2 ? answer?.page : undefined
  return (
    <>
      <search>
        <TextInput
          quiet
          label={t('mine.search.label')}
          placeholder={t('mine.search.label')}
          error={page === 'failed' ? t('mine.search.failed') : undefined}
          enterKeyHint="search"
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </search>
      {!page || page === 'failed' ? (
        children
      ) : page.items.length > 0 ? (
        <Card>{page.items.map(row)}</Card>
      ) : (
        <Empty title={t('mine.search.none', { q: answer?.q })} why={t('mine.search.none_why')} />
      )}
    </>
  )
}
