import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskView } from '#visits/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Select, TextInput } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useMay } from '../../data/me.ts'
import { enterTask, taskList, useVisitChange } from '../../data/visits.ts'
import { ListStates, MorePages } from '../../parts/list-states.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { AreaFilter } from './area-filter.tsx'
import { dueTag, endWord } from './said.ts'
import { type VisitSearch, wanted } from './search.ts'

const shown = ['overdue', 'soon', 'open', 'scheduled', 'done', 'missed', 'excused', 'cancelled'] as const

/** Which doors wait, and what became of the others; soonest due first. */
export function TasksTab(props: {
  search: VisitSearch
  onSearch: (search: VisitSearch) => void
  onVisit: (visit: string) => void
}) {
  const { search, onSearch, onVisit } = props
  const { t } = useTranslation()
  const query = wanted(search, 'state', 'due', 'endedAs', 'path', 'person', 'rule', 'from', 'until')
  const list = useInfiniteQuery(taskList(query))
  const tasks = list.data?.pages.flatMap((page) => page.items) ?? []
  const state = search.due ?? search.state ?? 'open'
  const choose = (value: string) => {
    const { state: _, due: __, endedAs: ___, ...rest } = search
    onSearch(value === 'overdue' || value === 'soon' ? { ...rest, due: value } : { ...rest, state: value })
  }
  return (
    <>
      <search className="page-filters">
        <Select label={t('visits.stands')} value={state} onChange={(event) => choose(event.target.value)}>
          {shown.map((one) => (
            <option key={one} value={one}>
              {t(`visits.state.${one}`)}
            </option>
          ))}
        </Select>
        <AreaFilter value={search.path} onChange={(path) => onSearch({ ...search, path })} />
        {(search.person ?? search.rule ?? search.from ?? search.endedAs) && (
          <Button small kind="quiet" onClick={() => onSearch({ tab: 'tasks' })}>
            {t('visits.all')}
          </Button>
        )}
      </search>
      <ListStates
        list={list}
        count={tasks.length}
        failed={t('visits.failedTasks')}
        empty={{ title: t('visits.noTasks'), why: t('visits.noTasksWhy') }}
      >
        <table className="ledger visit-tasks">
          <thead>
            <tr>
              <th scope="col">{t('visits.door')}</th>
              <th scope="col">{t('visits.rule')}</th>
              <th scope="col">{t('visits.who')}</th>
              <th scope="col">{t('visits.due')}</th>
              <th scope="col" aria-label={t('visits.deeds')} />
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <Row key={task.id} task={task} onVisit={onVisit} search={search} onSearch={onSearch} />
            ))}
          </tbody>
        </table>
      </ListStates>
      <MorePages list={list} label={t('visits.moreTasks')} />
    </>
  )
}

function Row(props: {
  task: TaskView
  search: VisitSearch
  onSearch: (search: VisitSearch) => void
  onVisit: (visit: string) => void
}) {
  const { task, search, onSearch, onVisit } = props
  const { t } = useTranslation()
  const may = useMay()
  const now = useNow()
  const [asks, setAsks] = useState(false)
  const { person, visit } = task
  const tag = dueTag(t, task, now)
  return (
    <tr>
      <td>
        <span className="visit-door">
          <Door number={task.door ?? t('visits.walk')} state={task.state === 'done' ? 'done' : undefined} />
          <span>{task.place}</span>
        </span>
      </td>
      <td>
        <button
          type="button"
          className="row-title"
          onClick={() => onSearch({ ...search, rule: task.rule.id })}
        >
          {task.rule.name}
        </button>
        {task.tries > 0 && <small>{t('visits.tries', { count: task.tries })}</small>}
      </td>
      <td>
        {person ? (
          <button
            type="button"
            className="row-title"
            onClick={() => onSearch({ ...search, person: person.id })}
          >
            {person.name}
          </button>
        ) : (
          <span className="muted">{t(`visits.visitor.${task.visitor}`)}</span>
        )}
      </td>
      <td>
        <Tag tone={tag.tone}>{tag.said}</Tag>
        {task.endedAs && <small>{endWord(t, task.endedAs)}</small>}
      </td>
      <td className="do">
        {visit && (
          <Button small kind="link" onClick={() => onVisit(visit)}>
            {t('visits.see')}
          </Button>
        )}
        {task.state === 'open' && may('visit.steer') && !asks && (
          <Button small kind="quiet" onClick={() => setAsks(true)}>
            {t('visits.excuse')}
          </Button>
        )}
        {asks && <Excuse task={task.id} onDone={() => setAsks(false)} />}
      </td>
    </tr>
  )
}

/** Why it need not be made this time; the reason stays with the task. */
function Excuse({ task, onDone }: { task: string; onDone: () => void }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [words, setWords] = useState('')
  const [id] = useState(() => newId())
  const send = useVisitChange(enterTask)
  return (
    <form
      className="visit-excuse"
      onSubmit={(event) => {
        event.preventDefault()
        if (!words.trim()) return
        send.mutate(
          { task, id, kind: 'excuse', words: words.trim() },
          {
            afterwards: () => tell(t('visits.excused')),
            onSuccess: onDone,
          },
        )
      }}
    >
      <TextInput
        label={t('visits.why')}
        hint={t('visits.whyHint')}
        value={words}
        maxLength={300}
        onChange={(event) => setWords(event.target.value)}
      />
      <Button small type="submit" busy={send.isPending} disabled={!words.trim()}>
        {t('visits.excuseDo')}
      </Button>
      <Button small kind="quiet" onClick={onDone}>
        {t('visits.leave')}
      </Button>
      <ProblemNote error={send.error} />
    </form>
  )
}
