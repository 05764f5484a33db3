import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { states } from '#requests/lifecycle.ts'
import { boardLevels, dues } from '#dispatch/lists.ts'
import { Button } from '#web/ui/button.tsx'
import { Select } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { Seal } from '#web/ui/seal.tsx'
import { Key } from '#web/ui/words.tsx'
import { boardList } from '../../data/dispatch.ts'
import type { BoardItem } from '../../data/dispatch.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { paths } from '../../paths.ts'
import { lifecycleWord } from '../../words.ts'
import { DueTag } from '../inbox/due-tag.tsx'
import { useKeys } from '../inbox/keys.tsx'
import { BulkSheet } from './bulk-sheet.tsx'
import { Waits } from './board-box.tsx'
import { useMayGive } from './may-give.ts'
import type { Giving } from './dispatch-page.tsx'
import { Narrowing } from './narrowing.tsx'
import type { DispatchSearch } from './search.ts'

/** As many as the server dispatches in one step. */
const mostAtOnce = 50
const open = Object.entries(states).flatMap(([state, { clock }]) =>
  clock !== null && state !== 'answered' ? [state] : [],
)

/** Everything that the board counts, by due time; what waits to be dispatched can be ticked and given out together. */
export function ListTab(props: {
  search: DispatchSearch
  onSearch: (search: DispatchSearch) => void
  onGive: (giving: Giving) => void
}) {
  const { search, onSearch, onGive } = props
  const { t } = useTranslation()
  const now = useNow()
  const { tab: _, of, month: __, why: ___, figure: ____, ...query } = search
  const list = useInfiniteQuery(boardList(query))
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  const [at, setAt] = useState<string>()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [bulk, setBulk] = useState<BoardItem[]>()
  const mayGive = useMayGive()
  const waits = (row: BoardItem) => row.waiting?.step === 'dispatch' && mayGive(row)
  // What has been dispatched meanwhile is ticked no more.
  const chosen = rows.filter((row) => ticked.has(row.id) && waits(row))
  const tick = useCallback(
    (id: string) =>
      setTicked((before) =>
        before.has(id) ? before.difference(new Set([id])) : before.union(new Set([id])),
      ),
    [],
  )
  useListKeys({
    rows,
    waits,
    at,
    onMark: setAt,
    onTick: tick,
    onGive,
    onBulk: () => chosen.length > 0 && setBulk(chosen),
  })
  const choose = (name: keyof DispatchSearch) => (event: { target: { value: string } }) =>
    onSearch({ ...search, [name]: event.target.value || undefined })
  const toDispatch = rows.filter((row) => waits(row)).slice(0, mostAtOnce)
  return (
    <>
      <div className="board-head">
        {of && (
          <p className="board-sum">
            {t('dispatch.onlyOf', { name: of })}{' '}
            <button
              type="button"
              className="btn link"
              onClick={() => onSearch({ ...search, organisation: undefined, of: undefined })}
            >
              {t('dispatch.showAll')}
            </button>
          </p>
        )}
        <div className="board-narrow">
          <Select label={t('filter.state')} value={search.state ?? ''} onChange={choose('state')}>
            <option value="">{t('filter.any')}</option>
            {open.map((state) => (
              <option key={state} value={state}>
                {lifecycleWord(t, `state.${state}`)}
              </option>
            ))}
          </Select>
          <Select label={t('dispatch.due')} value={search.due ?? ''} onChange={choose('due')}>
            <option value="">{t('filter.any')}</option>
            {dues.map((due) => (
              <option key={due} value={due}>
                {t(`dispatch.sums.${due}`)}
              </option>
            ))}
          </Select>
          <Select label={t('dispatch.levelLabel')} value={search.level ?? ''} onChange={choose('level')}>
            <option value="">{t('filter.any')}</option>
            {boardLevels.map((level) => (
              <option key={level} value={level}>
                {t(`dispatch.level.${level}`)}
              </option>
            ))}
          </Select>
        </div>
        <Narrowing search={search} onSearch={onSearch} />
      </div>
      <div className="bulk-bar" role="group" aria-label={t('dispatch.bulk')}>
        <Button
          small
          kind="quiet"
          aria-disabled={toDispatch.length === 0}
          onClick={() => setTicked(new Set(chosen.length > 0 ? [] : toDispatch.map(({ id }) => id)))}
        >
          {t(chosen.length > 0 ? 'dispatch.untick' : 'dispatch.tickAll')}
        </Button>
        <Button
          small
          aria-disabled={chosen.length === 0}
          onClick={() => chosen.length > 0 && setBulk(chosen.slice(0, mostAtOnce))}
        >
          {t('dispatch.giveTogether', { count: chosen.length })}
        </Button>
        <p className="bulk-keys second">
          <Key>j</Key>
          <Key>k</Key>
          {t('keys.move')}
          <Key>x</Key>
          {t('dispatch.tickKey')}
          <Key>d</Key>
          {lifecycleWord(t, 'entry.assign')}
          <Key>D</Key>
          {t('dispatch.bulk')}
        </p>
      </div>
      <ListStates
        list={list}
        count={rows.length}
        failed={t('inbox.failed')}
        empty={{ title: t('dispatch.none'), why: t('dispatch.listNoneWhy') }}
      >
        <table className="ledger dispatch">
          <thead>
            <tr>
              <th scope="col">
                <span className="vh">{t('dispatch.tickHead')}</span>
              </th>
              <th scope="col">{t('dispatch.what')}</th>
              <th scope="col">{t('dispatch.where')}</th>
              <th scope="col">{t('dispatch.dueHead')}</th>
              <th scope="col">{t('dispatch.whoHas')}</th>
              <th scope="col">
                <span className="vh">{t('dispatch.do')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.id}
                row={row}
                now={now}
                may={mayGive(row)}
                marked={row.id === at}
                ticked={ticked.has(row.id)}
                onMark={() => setAt(row.id)}
                onTick={() => tick(row.id)}
                onGive={() => onGive({ id: row.id, title: row.title })}
              />
            ))}
          </tbody>
        </table>
        <MorePages list={list} label={t('dispatch.more')} />
      </ListStates>
      {bulk && (
        <BulkSheet
          items={bulk}
          onClose={() => {
            setBulk(undefined)
            setTicked(new Set())
          }}
        />
      )}
    </>
  )
}

function Row(props: {
  row: BoardItem
  now: string
  /** whether I may give it out */
  may: boolean
  marked: boolean
  ticked: boolean
  onMark: () => void
  onTick: () => void
  onGive: () => void
}) {
  const { row, now, may, marked, ticked, onMark, onTick, onGive } = props
  const { t } = useTranslation()
  const { waiting } = row
  return (
    <tr id={`row-${row.id}`} className={marked ? 'marked' : undefined} onClick={onMark}>
      <td>
        {may && waiting?.step === 'dispatch' && (
          <input
            type="checkbox"
            aria-label={t('dispatch.tick', { title: row.title })}
            checked={ticked}
            onChange={onTick}
          />
        )}
      </td>
      <td>
        <Link to={paths.inbox} params={{ id: row.id }} search={{ queue: 'all' }} className="row-title">
          {row.title}
        </Link>
        <small>{[row.code, row.category?.name].filter(Boolean).join(t('comma'))}</small>
      </td>
      <td>
        {row.place}
        <small>
          {waiting ? <Waits waiting={waiting} now={now} /> : lifecycleWord(t, `state.${row.state}`)}
        </small>
      </td>
      <td>
        <DueTag request={row} now={now} />
      </td>
      <td>
        {row.holder && (
          <span className="held-by">
            <Seal name={row.holder.person?.name ?? row.holder.organisation.name} hollow />
            {row.holder.organisation.name}
          </span>
        )}
      </td>
      <td className="do">
        {may && waiting && (
          <Button small onClick={onGive}>
            {t(waiting.step === 'dispatch' ? 'dispatch.give' : 'dispatch.giveOther')}
          </Button>
        )}
      </td>
    </tr>
  )
}

/** j and k move, x ticks, d gives out one, D all that are ticked, Enter opens. */
function useListKeys(props: {
  rows: readonly BoardItem[]
  waits: (row: BoardItem) => boolean
  at: string | undefined
  onMark: (id: string | undefined) => void
  onTick: (id: string) => void
  onGive: (giving: Giving) => void
  onBulk: () => void
}) {
  const { rows, waits, at, onMark, onTick, onGive, onBulk } = props
  const navigate = useNavigate()
  useKeys((key) => {
    const here = rows.findIndex((row) => row.id === at)
    const row = rows[here]
    if (key === 'j' || key === 'k') {
      const next = rows[here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + (key === 'j' ? 1 : -1)))]
      onMark(next?.id)
      document.getElementById(`row-${next?.id}`)?.scrollIntoView({ block: 'nearest' })
    } else if (key === 'x' && row && waits(row)) onTick(row.id)
    else if (key === 'd' && row) onGive({ id: row.id, title: row.title })
    else if (key === 'D') onBulk()
    else if (key === 'Enter' && row)
      void navigate({ to: paths.inbox, params: { id: row.id }, search: { queue: 'all' } })
    else return false
    return true
  })
}
