import { Link } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ItemView } from '#meetings/contract.ts'
import { Icon } from '#web/ui/icon.tsx'
import { useNow } from '#web/ui/now.ts'
import { Tag } from '#web/ui/tag.tsx'
import { Coded, Words } from '#web/ui/words.tsx'
import { paths } from '../../paths.ts'
import { exactly, shortLeft, when } from '../../time.ts'
import { lifecycleWord } from '../../words.ts'
import { fateTone, reasonsText } from './said.ts'

/** The paper of an item: what travels with the request (RQ11). Nobody's name or number is on it. */
export function PaperPane({ item, isBefore }: { item: ItemView; isBefore: boolean }) {
  const { t } = useTranslation()
  const now = useNow()
  const { paper } = item
  if (item.withheld)
    return (
      <p className="confidence meet-withheld">
        <Icon of={Lock} size="s" />
        {t('meetings.withheldWhy')}
      </p>
    )
  return (
    <article className="meet-paper">
      <p className="case-id">
        {paper ? (
          <>
            <span>
              <Coded>{paper.code}</Coded>
            </span>
            <span>{paper.category?.name ?? t('case.noKind')}</span>
            <span>{paper.place}</span>
          </>
        ) : (
          <span>{t('meetings.ownMatter')}</span>
        )}
        {isBefore && <Tag tone={fateTone[item.fate]}>{t(`meetings.fate.${item.fate}`)}</Tag>}
      </p>
      <h2>{item.title}</h2>
      {item.reasons.length > 0 && (
        <p className="meet-why">
          <b>{t('meetings.why')}</b>
          {reasonsText(t, item.reasons, now)}
        </p>
      )}
      {paper && (
        <dl className="meet-facts">
          <div>
            <dt>{t('meetings.fact.state')}</dt>
            <dd>{lifecycleWord(t, `state.${paper.state}`)}</dd>
          </div>
          <div>
            <dt>{t('meetings.fact.holder')}</dt>
            <dd>{paper.holder?.name ?? t('meetings.fact.nobody')}</dd>
          </div>
          <div>
            <dt>{t('meetings.fact.said')}</dt>
            <dd title={exactly(t, paper.submittedAt)}>{when(t, paper.submittedAt, now)}</dd>
          </div>
          {paper.dueAt && (
            <div>
              <dt>{t('meetings.fact.due')}</dt>
              <dd>
                <Tag {...pick(shortLeft(t, paper.dueAt, now))} />
              </dd>
            </div>
          )}
          {paper.returns > 0 && (
            <div>
              <dt>{t('meetings.fact.returns')}</dt>
              <dd>{t('meetings.times', { count: paper.returns })}</dd>
            </div>
          )}
        </dl>
      )}
      {(paper ? paper.words : item.words) && (
        <p className="meet-words">{paper ? <Words>{paper.words}</Words> : item.words}</p>
      )}
      {paper && paper.story.length > 0 && (
        <ol className="story" aria-label={t('story.label')}>
          {paper.story.map((entry) => (
            <li key={`${entry.at} ${entry.kind}`}>
              <time dateTime={entry.at} title={exactly(t, entry.at)}>
                {when(t, entry.at, now, true)}
              </time>
              <span className="dot" aria-hidden="true" />
              <div className="story-text">
                {entry.by && <b>{entry.by}</b>} {lifecycleWord(t, `entry.${entry.kind}`)}
                {entry.words && (
                  <>
                    {t('story.colon')}
                    <Words>{entry.words}</Words>
                  </>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
      {paper?.opens && (
        <p className="meet-open">
          <Link to={paths.inbox} params={{ id: paper.id }} search={{ queue: 'all' }}>
            {t('meetings.openCase')}
          </Link>
        </p>
      )}
    </article>
  )
}

const pick = ({ tone, said }: ReturnType<typeof shortLeft>) => ({ tone, children: said })
