import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lifecycleWord } from '../../words.ts'
import { board } from '../../data/dispatch.ts'
import type { Board, BoardItem } from '../../data/dispatch.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { paths } from '../../paths.ts'
import { useKeys } from '../inbox/keys.tsx'
import { BoardBox } from './board-box.tsx'
import type { Giving } from './dispatch-page.tsx'
import { Narrowing } from './narrowing.tsx'
import type { DispatchSearch } from './search.ts'

type Column = Board['columns'][number]

/** Whose turn it is: columns of levels with a box for each organisation, or of steps within one's own. */
export function BoardTab(props: {
  by: 'holder' | 'step'
  search: DispatchSearch
  onSearch: (search: DispatchSearch) => void
  onGive: (giving: Giving) => void
}) {
  const { by, search, onSearch, onGive } = props
  const { t } = useTranslation()
  const { path, group } = search
  const shown = useQuery(board(by, { ...(path && { path }), ...(group && { group }) }))
  const columns = useMemo(() => shown.data?.columns ?? [], [shown.data])
  const [at, setAt] = useState<string>()
  useBoardKeys({ columns, at, onMark: setAt, onGive })
  const list = (more: DispatchSearch): DispatchSearch => ({
    tab: 'list',
    path,
    group,
    ...(by === 'step' && { own: 'true' }),
    ...more,
  })
  return (
    <>
      <div className="board-head">
        {shown.data && <Sums board={shown.data} list={list} />}
        <Narrowing search={search} onSearch={onSearch} />
      </div>
      <ListStates
        list={shown}
        count={shown.data?.count ?? 0}
        failed={t('inbox.failed')}
        empty={{ title: t('dispatch.none'), why: t('dispatch.noneWhy') }}
      >
        <div className="board">
          {columns.map((column) => (
            <section key={column.key} aria-label={titleOf(t, by, column.key)}>
              <header>
                <h2>{titleOf(t, by, column.key)}</h2>
                <Link
                  to={paths.dispatch}
                  search={list(
                    by === 'holder'
                      ? { level: column.key as DispatchSearch['level'] }
                      : { state: column.key },
                  )}
                >
                  {t('dispatch.pieces', { count: column.count })}
                </Link>
              </header>
              <Share column={column} />
              {column.boxes.map((box) => (
                <BoardBox
                  key={`${box.organisation.id}${box.person?.id}`}
                  box={box}
                  by={by}
                  at={at}
                  onMark={setAt}
                  onGive={onGive}
                  more={list({
                    organisation: box.organisation.id,
                    of: box.organisation.name,
                    ...(by === 'step' && { state: column.key }),
                  })}
                />
              ))}
              {column.count === 0 && <p className="second board-none">{t('dispatch.columnNone')}</p>}
              {column.more.boxes > 0 && (
                <Link
                  className="board-more"
                  to={paths.dispatch}
                  search={list(
                    by === 'holder'
                      ? { level: column.key as DispatchSearch['level'] }
                      : { state: column.key },
                  )}
                >
                  {t('dispatch.others', { count: column.more.boxes, pieces: column.more.count })}
                </Link>
              )}
            </section>
          ))}
        </div>
      </ListStates>
    </>
  )
}

function titleOf(t: ReturnType<typeof useTranslation>['t'], by: 'holder' | 'step', key: string): string {
  return by === 'holder' ? t(`dispatch.level.${key}`) : lifecycleWord(t, `state.${key}`)
}

/** The whole in one sentence; each number opens what it counts (boundary 19). */
function Sums({ board: sums, list }: { board: Board; list: (more: DispatchSearch) => DispatchSearch }) {
  const { t } = useTranslation()
  const { count, overdue, today, paused } = sums
  const said = [
    { key: 'all', count, search: {} },
    { key: 'overdue', count: overdue, search: { due: 'overdue' } },
    { key: 'today', count: today, search: { due: 'today' } },
    { key: 'later', count: count - overdue - today - paused, search: { due: 'later' } },
    { key: 'paused', count: paused, search: { due: 'paused' } },
  ] as const
  return (
    <p className="board-sum">
      {said
        .filter((one) => one.count > 0 || one.key === 'all')
        .map((one) => (
          <span key={one.key}>
            {t(`dispatch.sums.${one.key}`)}{' '}
            <Link to={paths.dispatch} search={list(one.search)}>
              {t('dispatch.pieces', { count: one.count })}
            </Link>
          </span>
        ))}
    </p>
  )
}

/** How much of a column is overdue, due today, on hold: drawn from its sums, said in words to the ear. */
function Share({ column }: { column: Column }) {
  const { t } = useTranslation()
  const { count, overdue, today, paused } = column
  if (count === 0) return <div className="board-share" />
  const rest = count - overdue - today - paused
  return (
    <svg
      className="board-share"
      viewBox={`0 0 ${count} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('dispatch.share', { count, overdue, today, paused })}
    >
      <rect className="late" x={0} width={overdue} height={1} />
      <rect className="soon" x={overdue} width={today} height={1} />
      <rect className="rest" x={overdue + today} width={rest} height={1} />
      <rect className="paused" x={overdue + today + rest} width={paused} height={1} />
    </svg>
  )
}

/** j and k walk down a column, h and l to the next one; Enter opens, d gives out. */
function useBoardKeys(props: {
  columns: readonly Column[]
  at: string | undefined
  onMark: (id: string | undefined) => void
  onGive: (giving: Giving) => void
}) {
  const { columns, at, onMark, onGive } = props
  const navigate = useNavigate()
  useKeys(
    useCallback(
      (key) => {
        const cards: BoardItem[][] = columns
          .map(({ boxes }) => boxes.flatMap(({ items }) => items))
          .filter((of) => of.length > 0)
        if (cards.length === 0) return false
        const x = cards.findIndex((of) => of.some(({ id }) => id === at))
        const y = x < 0 ? -1 : cards[x]!.findIndex(({ id }) => id === at)
        const go = (column: number, row: number) => {
          const of = cards[Math.min(cards.length - 1, Math.max(0, column))]!
          const next = of[Math.min(of.length - 1, Math.max(0, row))]!
          onMark(next.id)
          document.getElementById(`card-${next.id}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        }
        const marked = x < 0 ? undefined : cards[x]![y]
        if (key === 'j' || key === 'k') go(Math.max(x, 0), x < 0 ? 0 : y + (key === 'j' ? 1 : -1))
        else if (key === 'h' || key === 'l') go(x < 0 ? 0 : x + (key === 'l' ? 1 : -1), Math.max(y, 0))
        else if (key === 'Enter' && marked)
          void navigate({ to: paths.inbox, params: { id: marked.id }, search: { queue: 'all' } })
        else if (key === 'd' && marked) onGive({ id: marked.id, title: marked.title })
        else return false
        return true
      },
      [columns, at, onMark, onGive, navigate],
    ),
  )
}
