import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MeetingView, Proposals as Proposed } from '#meetings/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { agendaProposals, useAddItem } from '../../data/meetings.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { reasonsText } from './said.ts'

/** What the rule proposes from what is stuck, each with why; the secretary chooses. */
export function Proposals({ meeting }: { meeting: MeetingView }) {
  const { t } = useTranslation()
  const list = useQuery(agendaProposals(meeting.id, meeting.version))
  const items = list.data?.items ?? []
  return (
    <section className="meet-proposals" aria-label={t('meetings.proposals')}>
      <h2>{t('meetings.proposals')}</h2>
      <p className="meet-none">{t('meetings.proposalsWhat')}</p>
      <ListStates
        list={list}
        count={items.length}
        failed={t('meetings.failedProposals')}
        empty={{ title: t('meetings.noProposals'), why: t('meetings.noProposalsWhy') }}
        bones={4}
      >
        <ul>
          {items.map((one) => (
            <Proposal key={one.paper.id} meeting={meeting.id} one={one} />
          ))}
        </ul>
        {list.data?.more && <p className="meet-none">{t('meetings.moreProposals')}</p>}
      </ListStates>
    </section>
  )
}

function Proposal({ meeting, one }: { meeting: string; one: Proposed['items'][number] }) {
  const { t } = useTranslation()
  const now = useNow()
  const add = useAddItem(meeting)
  const { paper, reasons } = one
  return (
    <li>
      <div>
        <b>{paper.title}</b>
        <small>{[paper.code, paper.place, paper.holder?.name].filter(Boolean).join(t('meetings.dot'))}</small>
        <p>{reasonsText(t, reasons, now)}</p>
        <ProblemNote error={add.error} />
      </div>
      <Button
        small
        icon={Plus}
        busy={add.isPending}
        aria-label={t('meetings.addNamed', { title: paper.title })}
        onClick={() => add.mutate({ id: newId(), request: paper.id })}
      >
        {t('meetings.add')}
      </Button>
    </li>
  )
}
