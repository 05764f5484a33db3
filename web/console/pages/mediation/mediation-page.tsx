import { useInfiniteQuery } from '@tanstack/react-query'
import { Lock, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { useMay } from '../../data/me.ts'
import { type MediationSummary, mediationList } from '../../data/mediations.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { dayOf, noon, shortDate } from '../../time.ts'
import { FilePane } from './file-pane.tsx'
import { NewPane } from './new-pane.tsx'
import { toneOf } from './said.ts'
import './mediation.css'

/** Mediation files (R10): those of my desk and those I mediate; nobody else reads them. */
export function MediationPage() {
  const { t } = useTranslation()
  const now = useNow()
  const may = useMay()
  const [over, setOver] = useState(false)
  const [open, setOpen] = useState<string>()
  const files = useInfiniteQuery(mediationList(over))
  useTitle(t('nav.mediation'))
  const items = files.data?.pages.flatMap((page) => page.items) ?? []
  const candidates = files.data?.pages[0]?.candidates ?? []
  return (
    <div className={open ? 'beside' : 'beside alone'}>
      <div className="page mediation">
        <header className="page-head">
          <div>
            <h1>{t('nav.mediation')}</h1>
            <p className="mediation-who">
              <Icon of={Lock} size="s" />
              {t('mediation.what')}
            </p>
          </div>
          {may('mediation.open') && (
            <div className="actions">
              <Button kind={open ? 'plain' : 'primary'} icon={Plus} onClick={() => setOpen('new')}>
                {t('mediation.new')}
              </Button>
            </div>
          )}
        </header>
        <div className="mediation-over">
          <SegmentedChoice
            legend={t('mediation.which')}
            value={over ? 'over' : 'running'}
            onChange={(value) => setOver(value === 'over')}
            options={[
              { value: 'running', label: t('mediation.running') },
              { value: 'over', label: t('mediation.over') },
            ]}
          />
        </div>
        <ListStates
          list={files}
          count={items.length}
          failed={t('mediation.failed')}
          empty={{
            title: t(over ? 'mediation.noneOver' : 'mediation.none'),
            why: t(may('mediation.open') ? 'mediation.noneWhy' : 'mediation.noneMine'),
          }}
          bones={3}
        >
          <table className="ledger">
            <thead>
              <tr>
                <th scope="col">{t('mediation.about')}</th>
                <th scope="col">{t('mediation.parties')}</th>
                <th scope="col">{t('mediation.mediators')}</th>
                <th scope="col">{t('mediation.stands')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((file) => (
                <Row key={file.id} file={file} now={now} open={open === file.id} onOpen={setOpen} />
              ))}
            </tbody>
          </table>
        </ListStates>
        <MorePages list={files} label={t('mediation.more')} />
      </div>
      {open === 'new' && (
        <NewPane candidates={candidates} onClose={() => setOpen(undefined)} onOpened={setOpen} />
      )}
      {open && open !== 'new' && (
        <FilePane key={open} id={open} now={now} onClose={() => setOpen(undefined)} />
      )}
    </div>
  )
}

function Row(props: {
  file: MediationSummary
  now: string
  open: boolean
  onOpen: (id: string | undefined) => void
}) {
  const { file, now, open, onOpen } = props
  const { t } = useTranslation()
  const comma = t('story.listComma')
  const isDue = file.followUpOn !== null && file.followUpOn <= dayOf(now)
  return (
    <tr className={open ? 'marked' : undefined}>
      <td>
        <button
          type="button"
          className="row-title"
          aria-expanded={open}
          onClick={() => onOpen(open ? undefined : file.id)}
        >
          {file.title}
        </button>
        <small>{t('mediation.since', { day: shortDate(t, file.openedAt, now) })}</small>
      </td>
      <td>{file.parties.map(({ name }) => name).join(comma)}</td>
      <td>{file.mediators.map(({ name }) => name).join(comma)}</td>
      <td>
        <Tag tone={isDue ? 'soon' : toneOf(file.state)}>
          {isDue ? t('mediation.dueNow') : t(`mediation.state.${file.state}`)}
        </Tag>
        {file.followUpOn && (
          <small>{t('mediation.askOn', { day: shortDate(t, noon(file.followUpOn), now) })}</small>
        )}
      </td>
    </tr>
  )
}
