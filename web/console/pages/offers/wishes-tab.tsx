import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '#web/ui/now.ts'
import { WishTag } from '#web/ui/wish-tag.tsx'
import { Words } from '#web/ui/words.tsx'
import { type DeskWish, deskWishes, type WishList } from '../../data/wishes.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { exactly, when } from '../../time.ts'
import { Decide } from './decide.tsx'

const lists = ['waiting', 'open', 'over'] as const satisfies readonly WishList[]

/** Wishes of the desk's areas: what waits to be read, what is published, what came of it. */
export function WishesTab() {
  const { t } = useTranslation()
  const now = useNow()
  const [state, setState] = useState<WishList>('waiting')
  const list = useInfiniteQuery(deskWishes(state))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <div className="wish-lists" role="group" aria-label={t('wishes.lists')}>
        {lists.map((one) => (
          <button key={one} type="button" aria-pressed={one === state} onClick={() => setState(one)}>
            {t(`wishes.list.${one}`)}
          </button>
        ))}
      </div>
      <ListStates
        list={list}
        count={items.length}
        failed={t('wishes.failed')}
        empty={{ title: t(`wishes.none.${state}`), why: t('wishes.noneWhy') }}
        bones={4}
        wide
      >
        <ul className="offer-list">
          {items.map((one) => (
            <Row key={one.id} wish={one} now={now} />
          ))}
        </ul>
        <MorePages list={list} label={t('offers.more')} />
      </ListStates>
    </>
  )
}

function Row({ wish, now }: { wish: DeskWish; now: string }) {
  const { t } = useTranslation()
  const done = wish.story.findLast(({ kind }) => kind === 'fulfil')?.words
  const thanks = wish.story.findLast(({ kind }) => kind === 'thank')?.words
  const why = wish.story.findLast(({ kind }) => kind === 'decline')?.words
  return (
    <li className="card offer-row wish-row">
      <div>
        <h2>
          {wish.title ?? t('wishes.untitled')}{' '}
          <WishTag state={wish.state} turn={wish.state === 'told' || wish.state === 'expired'}>
            {t(`wishes.state.${wish.state}`)}
          </WishTag>
        </h2>
        <p className="note" title={exactly(t, wish.toldAt)}>
          {t('wishes.line', {
            ...{ code: wish.code, kind: t(`wishes.kind.${wish.kind}`), place: wish.place },
            when: when(t, wish.toldAt, now),
          })}
        </p>
        {wish.words && <p>{wish.words}</p>}
        {wish.teller && (
          <p className="note">{t('wishes.teller', { name: wish.teller, phone: wish.phone ?? '' })}</p>
        )}
        {wish.claimedBy && (
          <p className="note">
            {t(`wishes.claimed.${wish.claimedBy.kind}`, {
              name: wish.claimedBy.name,
              phone: wish.claimedBy.phone ?? '',
            })}
          </p>
        )}
        {why && <p className="note">{t('wishes.why', { words: why })}</p>}
        {done && <Words>{done}</Words>}
        {thanks && <Words>{thanks}</Words>}
      </div>
      {wish.may.includes('publish') && wish.state !== 'published' && <Decide key={wish.state} wish={wish} />}
    </li>
  )
}
