import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '#requests/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { Seal } from '#web/ui/seal.tsx'
import { paths } from '../../paths.ts'
import { when } from '../../time.ts'
import { DueTag } from '../inbox/due-tag.tsx'

/** What, where, until when, with whom; the form opens under its row. */
export function DispatchTable(props: {
  title: string
  /** Heading of the column that names the holder. */
  who: string
  rows: RequestSummary[]
  open: string | undefined
  at: string | undefined
  now: string
  form: (request: RequestSummary) => ReactNode
  onOpen: (id: string | undefined) => void
  onMark: (id: string) => void
}) {
  const { title, who, rows, open, at, now, form, onOpen, onMark } = props
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <table className="ledger dispatch">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('dispatch.what')}</th>
          <th scope="col">{t('dispatch.where')}</th>
          <th scope="col">{t('dispatch.due')}</th>
          <th scope="col">{who}</th>
          <th scope="col">
            <span className="vh">{t('dispatch.do')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Fragment key={row.id}>
            <tr
              id={`row-${row.id}`}
              className={row.id === at ? 'marked' : undefined}
              onClick={() => onMark(row.id)}
            >
              <td>
                <Link
                  to={paths.inbox}
                  params={{ id: row.id }}
                  search={{ queue: 'mine' }}
                  className="row-title"
                >
                  {row.title}
                </Link>
                <small>{[row.code, row.category?.name].filter(Boolean).join(t('comma'))}</small>
              </td>
              <td>
                {row.place}
                <small>{when(t, row.submittedAt, now)}</small>
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
                <Button
                  small
                  aria-expanded={row.id === open}
                  onClick={() => onOpen(row.id === open ? undefined : row.id)}
                >
                  {row.state === 'accepted' ? t('dispatch.give') : t('dispatch.giveOther')}
                </Button>
              </td>
            </tr>
            {row.id === open && (
              <tr className="row-form">
                <td colSpan={5}>{form(row)}</td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}
