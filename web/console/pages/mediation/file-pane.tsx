import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Failed, Loading, Skeleton } from '#web/ui/states.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { Words } from '#web/ui/words.tsx'
import { type Mediation, oneMediation, useMediators } from '../../data/mediations.ts'
import { problemText } from '../../data/problem.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { paths } from '../../paths.ts'
import { noon, shortDate } from '../../time.ts'
import { Choose } from './choose.tsx'
import { EntryForm } from './entry-form.tsx'
import { toneOf } from './said.ts'

/** One file: who, how it stands, what may be written down now, and what happened, newest first. */
export function FilePane({ id, now, onClose }: { id: string; now: string; onClose: () => void }) {
  const { t } = useTranslation()
  const known = useQuery(oneMediation(id))
  const file = known.data
  return (
    <aside className="pane" aria-label={file?.title ?? t('nav.mediation')}>
      <header>
        <div>
          <h2>{file?.title}</h2>
          {file && (
            <p>
              {t('mediation.line', {
                organisation: file.organisation.name,
                day: shortDate(t, file.openedAt, now),
              })}
            </p>
          )}
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      {known.isPending && (
        <Loading>
          <Skeleton shape="line w70" />
          <Skeleton shape="line w90" />
        </Loading>
      )}
      {known.isError && (
        <Failed
          what={t('mediation.failed')}
          safe={problemText(t, known.error)}
          onRetry={() => void known.refetch()}
        />
      )}
      {file && <File file={file} now={now} />}
    </aside>
  )
}

function File({ file, now }: { file: Mediation; now: string }) {
  const { t } = useTranslation()
  // The next entry begins empty. What else changes about the file, by whomever, leaves the words alone that are being written.
  const [written, setWritten] = useState(0)
  return (
    <>
      <section>
        <Tag tone={toneOf(file.state)}>{t(`mediation.state.${file.state}`)}</Tag>
        {file.followUpOn && (
          <p className="note">{t('mediation.askOn', { day: shortDate(t, noon(file.followUpOn), now) })}</p>
        )}
        <dl className="mediation-who-list">
          <dt>{t('mediation.parties')}</dt>
          <dd>{file.parties.map(({ name }) => name).join(t('story.listComma'))}</dd>
          <dt>{t('mediation.mediators')}</dt>
          <dd>{file.mediators.map(({ name }) => name).join(t('story.listComma'))}</dd>
        </dl>
        {file.request && (
          <p className="note">
            <Link to={paths.inbox} params={{ id: file.request.id }} search={{ queue: 'all' }}>
              {t('mediation.from', { code: file.request.code })}
            </Link>
          </p>
        )}
        {file.maySteer && <Mediators key={file.version} file={file} />}
      </section>
      {file.deeds.length > 0 && (
        <EntryForm key={written} file={file} now={now} onWritten={() => setWritten(written + 1)} />
      )}
      <section>
        <h3>{t('mediation.story')}</h3>
        <ol className="mediation-story">
          {file.entries.map((entry) => (
            <li key={entry.id}>
              <b>{t(`mediation.deed.${entry.kind}`)}</b>
              <small>{t('mediation.by', { day: shortDate(t, noon(entry.on), now), name: entry.by })}</small>
              {entry.words && <Words>{entry.words}</Words>}
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}

/** MD3: who mediates, as the desk says. */
function Mediators({ file }: { file: Mediation }) {
  const { t } = useTranslation()
  const tell = useToast()
  const [editing, setEditing] = useState(false)
  const [chosen, setChosen] = useState(file.mediators)
  const change = useMediators(file.id)
  if (!editing)
    return (
      <Button small kind="quiet" onClick={() => setEditing(true)}>
        {t('mediation.changeMediators')}
      </Button>
    )
  return (
    <div className="pane-form">
      <Choose
        label={t('mediation.mediators')}
        candidates={file.candidates}
        chosen={chosen}
        onChange={setChosen}
      />
      <ProblemNote error={change.error} />
      <div className="deed-do">
        <Button
          small
          busy={change.isPending}
          disabled={chosen.length === 0}
          onClick={() =>
            change.mutate(
              { mediators: chosen.map(({ id }) => id), version: file.version },
              { afterwards: () => tell(t('mediation.mediatorsSaved')) },
            )
          }
        >
          {t('mediation.save')}
        </Button>
        <Button small kind="quiet" onClick={() => setEditing(false)}>
          {t('deed.cancel')}
        </Button>
        <p>{t('mediation.mediatorsCause')}</p>
      </div>
    </div>
  )
}
