import { useEffect, useEffectEvent } from 'react'
import { hearNews, isLive, type News } from '#web/api/live.ts'

/** How often an open page asks again where news do not arrive by themselves, in milliseconds. */
const asking = 30_000

/**
 * Lets an open page follow what happens: `look` is called when something may have changed. Where the browser or what is
 * in between carries no news, it is called now and then.
 * @param request that is open on the page
 */
export function useNews(enabled: boolean, look: (news: News | null) => void, request?: string): void {
  const onNews = useEffectEvent((news: News | null) => look(news))
  useEffect(() => {
    if (!enabled) return undefined
    const stop = hearNews((news) => onNews(news), request ? [request] : [])
    const timer = setInterval(() => {
      if (!isLive() && document.visibilityState === 'visible') onNews(null)
    }, asking)
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [enabled, request])
}
