import { Users } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { saidBefore, type SaidBefore as Found } from '#web/api/requests.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayShortDay } from '#web/ui/say-time.ts'
import { useToast } from '#web/ui/toast.tsx'
import { useStillHere } from '#web/ui/still-here.ts'
import { type Draft, followInstead } from '../../kept/draft.ts'
import { paths } from '../../paths.ts'
import { refusalWords } from '../../refusal.ts'
import { say } from '../../story.ts'
import './said-before.css'

/** Who pauses for so long has said something; asking at each letter would only disturb. */
const pause = 900
const leastCharacters = 6

/** More at once would push the place and the rest of the page out of sight; the others are one press away. */
const most = 2

type Item = Found['items'][number]

/** What was said here lately and is possibly the same: asked while writing, after the place is known (RQ13). */
function useSaidBefore({ path, place, position, words, confidential }: Draft): Item[] {
  const said = words.trim()
  const asks = path !== null && !confidential && said.length >= leastCharacters
  const [found, setFound] = useState<{ for: string; items: Item[] }>()
  const key = asks ? `${path}${place}${said}` : ''
  useEffect(() => {
    if (!asks || !path) return undefined
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const question = { path, place: place.trim(), words: said, ...position }
      saidBefore(question, stop.signal).then(
        ({ items }) => setFound({ for: key, items }),
        // It is a help, not a duty: whoever writes is never kept from it.
        () => undefined,
      )
    }, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [asks, key, path, place, position, said])
  // While the next word is typed, what was found before it stays in its place.
  return asks ? (found?.items ?? []) : []
}

/** "Somebody has said this": kind, place, time, state, how many. Nothing that others wrote. */
export function SaidBefore({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  const now = useNow()
  const tell = useToast()
  const [, go] = useLocation()
  const stillHere = useStillHere()
  const [busy, setBusy] = useState<string>()
  const [error, setError] = useState<string>()
  const [all, setAll] = useState(false)
  const items = useSaidBefore(draft)

  const follow = async (item: Item) => {
    setBusy(item.id)
    setError(undefined)
    const outcome = await followInstead(item.id).finally(() => setBusy(undefined))
    if (outcome.kind === 'refused') return setError(refusalWords(outcome.why))
    if (outcome.kind === 'waiting') return setError(t('before.unsent'))
    tell(t('before.followed', { code: outcome.followed.code }))
    if (stillHere()) go(paths.request(outcome.followed.id), { replace: true })
    return undefined
  }

  return (
    <div aria-live="polite">
      {items.length > 0 && (
        <Card className="before" aria-label={t('before.title')}>
          <h2>
            <Icon of={Users} />
            {t('before.title')}
          </h2>
          <p className="before-why">{t('before.why')}</p>
          <ul>
            {(all ? items : items.slice(0, most)).map((item) => (
              <li key={item.id}>
                <p>
                  <b>{item.title ?? item.category ?? item.place}</b>
                  {(item.title ?? item.category) && <span>{item.place}</span>}
                </p>
                <small>
                  {[
                    t('before.when', { day: sayShortDay(t, item.saidAt, now) }),
                    ...(item.presumed && item.category && !item.title ? [t('before.presumed')] : []),
                    say(t, `state.${item.state}`),
                    t('before.people', { count: item.people }),
                  ].join(t('before.comma'))}
                </small>
                {item.yours ? (
                  <Button small kind="quiet" onClick={() => go(paths.mine())}>
                    {t('before.yours')}
                  </Button>
                ) : (
                  <Button small onClick={() => void follow(item)} busy={busy === item.id}>
                    {t('before.follow')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {!all && items.length > most && (
            <Button kind="quiet" wide onClick={() => setAll(true)}>
              {t('before.more', { count: items.length - most })}
            </Button>
          )}
          {error && (
            <p className="wrong" role="alert">
              {error}
            </p>
          )}
        </Card>
      )}
    </div>
  )
}
