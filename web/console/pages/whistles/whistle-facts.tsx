import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { WhistleView } from '#whistle/contract.ts'
import { Tag } from '#web/ui/tag.tsx'
import { paths } from '../../paths.ts'
import { shortLeft } from '../../time.ts'
import { lifecycleWord } from '../../words.ts'

/** What belongs to the whistle: its requests, each with who holds it, one press away; and who began it. */
export function WhistleFacts({ whistle, now }: { whistle: WhistleView; now: string }) {
  const { t } = useTranslation()
  return (
    <aside className="facts" tabIndex={-1} aria-label={t('facts.label')}>
      <section>
        <h2>{t('whistle.requests', { count: whistle.items.length })}</h2>
        <ul className="whistle-requests">
          {whistle.items.map((request) => (
            <li key={request.id}>
              <Link to={paths.inbox} params={{ id: request.id }} search={{ queue: 'all' }}>
                {request.title}
              </Link>
              <small>
                {t('whistle.request', {
                  code: request.code,
                  place: request.place,
                  people: t('whistle.people', { count: request.people }),
                })}
              </small>
              <p>
                <Tag>{lifecycleWord(t, `state.${request.state}`)}</Tag>
                <Due due={request.dueAt} now={now} />
              </p>
              {request.holder && <small>{t('whistle.heldBy', { name: request.holder })}</small>}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t('whistle.who')}</h2>
        <dl className="whistle-who">
          <dt>{t('whistle.blower')}</dt>
          <dd>
            {t('story.whole', {
              organisation: whistle.blower.name,
              person: whistle.blowerPerson ? ` ${whistle.blowerPerson.name}` : '',
            })}
          </dd>
          <dt>{t('whistle.town')}</dt>
          <dd>{whistle.town.name}</dd>
        </dl>
      </section>
      <section>
        <h2>{t('whistle.rules')}</h2>
        <p className="note">{t('whistle.rulesWords')}</p>
      </section>
    </aside>
  )
}

function Due({ due, now }: { due: string | null; now: string }) {
  const { t } = useTranslation()
  if (due === null) return null
  const { tone, said } = shortLeft(t, due, now)
  return <Tag tone={tone}>{said}</Tag>
}
