import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Empty, Failed, Loading, Skeleton } from '#web/ui/states.tsx'
import { problemText } from '../data/problem.ts'

/** What this frame asks of a query: pages of one, or one page that is all of it. */
type List = {
  isPending: boolean
  isSuccess: boolean
  isFetching: boolean
  error: Error | null
  refetch: () => Promise<unknown>
}
type Pages = {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
}

type Props = {
  list: List
  /** How many there are to show; what stands where they would is a sentence. */
  count: number
  /** What could not be read. */
  failed: string
  /** Why there is nothing, and what one may do; left out where the page says it otherwise. */
  empty?: { title: string; why: string }
  /** How many rows the skeleton has, about as many as will come, and how wide their lines are. */
  bones?: number
  wide?: boolean
  children: ReactNode
}

/** A list as it comes: bones while it loads, what failed and how to try again, a sentence when it is empty, the rows. */
export function ListStates({ list, count, failed, empty, bones = 8, wide, children }: Props) {
  const { t } = useTranslation()
  return (
    <>
      {list.isPending && <TableBones rows={bones} wide={wide} />}
      {list.error && (
        <Failed
          what={failed}
          safe={problemText(t, list.error)}
          onRetry={() => void list.refetch()}
          busy={list.isFetching}
        />
      )}
      {list.isSuccess && count === 0 && empty && <Empty title={empty.title} why={empty.why} />}
      {count > 0 && children}
    </>
  )
}

/** One case that is still to come, in its own proportions. */
export function CaseBones() {
  return (
    <Loading>
      <Skeleton shape="line w40" />
      <Skeleton shape="line w70" />
      <div className="case-bones">
        <Skeleton shape="square" />
        <Skeleton shape="line w40" />
      </div>
      <Skeleton shape="line w90" />
      <Skeleton shape="line w70" />
      <Skeleton shape="line w90" />
    </Loading>
  )
}

/** Rows that are still to come. */
export function TableBones({ rows, wide }: { rows: number; wide?: boolean | undefined }) {
  return (
    <Loading>
      {Array.from({ length: rows }, (_, row) => (
        <div className="table-bone" key={row}>
          <Skeleton shape={wide ? 'line w90' : 'line w70'} />
        </div>
      ))}
    </Loading>
  )
}

/** The next page of a list, as long as there is one. */
export function MorePages({ list, label }: { list: Pages; label: string }) {
  if (!list.hasNextPage) return null
  return (
    <Button
      kind="quiet"
      className="page-more"
      onClick={() => void list.fetchNextPage()}
      busy={list.isFetchingNextPage}
    >
      {label}
    </Button>
  )
}
