import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { SegmentedChoice } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { useMay } from '../../data/me.ts'
import { gridMatters, gridPushes, type Show } from '../../data/matters.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { OnePush } from './one-push.tsx'
import { PushPane } from './push-pane.tsx'
import './matters.css'

const shows = ['now', 'waiting', 'past'] as const

/** What is asked of grids (O4): what holds, what waits for the desk of the district, and the list of matters. */
export function MattersPage() {
  const { t } = useTranslation()
  const now = useNow()
  const may = useMay()
  const [show, setShow] = useState<Show>('now')
  const [open, setOpen] = useState(false)
  const pushes = useQuery(gridPushes(show))
  const items = pushes.data?.items ?? []
  useTitle(t('nav.matters'))
  return (
    <div className={open ? 'beside' : 'beside alone'}>
      <div className="page matters">
        <header className="page-head">
          <div>
            <h1>{t('nav.matters')}</h1>
            <p>{t('matters.what')}</p>
          </div>
          {may('matter.push') && (
            <div className="actions">
              <Button kind={open ? 'plain' : 'primary'} icon={Plus} onClick={() => setOpen(true)}>
                {t('matters.new')}
              </Button>
            </div>
          )}
        </header>
        <div className="matters-show">
          <SegmentedChoice
            legend={t('matters.which')}
            value={show}
            onChange={setShow}
            options={shows.map((one) => ({ value: one, label: t(`matters.show.${one}`) }))}
          />
        </div>
        <ListStates
          list={pushes}
          count={items.length}
          failed={t('matters.failed')}
          empty={{ title: t(`matters.none.${show}`), why: t(`matters.noneWhy.${show}`) }}
          bones={3}
        >
          <ul className="matters-pushes">
            {items.map((push) => (
              <OnePush key={push.id} push={push} now={now} />
            ))}
          </ul>
        </ListStates>
        <List />
      </div>
      {open && <PushPane now={now} onClose={() => setOpen(false)} onMade={setShow} />}
    </div>
  )
}

/** The list of matters, by group. The sample says that it is one. */
function List() {
  const { t, i18n } = useTranslation()
  const known = useQuery(gridMatters)
  const groups = known.data?.groups ?? []
  const name = (one: { zh: string; en: string }) => (i18n.language === 'en' ? one.en : one.zh)
  const count = groups.reduce((sum, { matters }) => sum + matters.length, 0)
  return (
    <section className="matters-list" aria-labelledby="matters-list">
      <header>
        <h2 id="matters-list">{t('matters.list')}</h2>
        {known.data?.sample && (
          <Tag tone="none" unknown>
            {t('matters.sample')}
          </Tag>
        )}
        {count > 0 && <p>{t('matters.sum', { groups: groups.length, matters: count })}</p>}
      </header>
      {known.data?.sample && <p className="note second">{t('matters.sampleWhy')}</p>}
      <ListStates list={known} count={groups.length} failed={t('matters.failed')} bones={4}>
        <div className="matters-groups">
          {groups.map((group) => (
            <section key={group.code}>
              <h3>{name(group)}</h3>
              <ol>
                {group.matters.map((matter) => (
                  <li key={matter.code}>
                    <b>{name(matter)}</b>
                    <span lang="zh-CN">{matter.basis}</span>
                  </li>
                ))}
              </ol>
            </section>
          ))}
        </div>
      </ListStates>
    </section>
  )
}
