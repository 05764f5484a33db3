import { useTranslation } from 'react-i18next'
import type { WhistleView } from '#whistle/contract.ts'
import { Words } from '#web/ui/words.tsx'
import { Attachments } from '../inbox/case-story.tsx'
import { exactly, when } from '../../time.ts'
import { sentence } from './said.ts'

/** The page that all of them write on, newest on top, every entry a whole sentence; reminders are left to the ledger. */
export function SharedPage({ whistle, now }: { whistle: WhistleView; now: string }) {
  const { t } = useTranslation()
  const shown = whistle.entries.filter(({ kind }) => kind !== 'remind')
  return (
    <section aria-labelledby="whistle-shared">
      <h2 id="whistle-shared" className="whistle-head">
        {t('whistle.shared')}
      </h2>
      <ol className="story" aria-label={t('story.label')}>
        {shown.map((entry) => {
          const { before, who, after } = sentence(t, entry)
          return (
            <li key={entry.id}>
              <time dateTime={entry.at} title={exactly(t, entry.at)}>
                {when(t, entry.at, now, true)}
              </time>
              <span className="dot" aria-hidden="true" />
              <div className="story-text">
                {before}
                {who && <b>{who}</b>}
                {after}
                {entry.words && (
                  <>
                    {t('story.colon')}
                    <Words>{entry.words}</Words>
                  </>
                )}
                <Attachments items={entry.attachments} />
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
