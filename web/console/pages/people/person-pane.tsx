import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonView, PostView } from '#people/contract.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Switch, TextInput } from '#web/ui/field.tsx'
import { Face } from '#web/ui/seal.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { useMay } from '../../data/me.ts'
import { endPost, setPassword, usePeopleChange } from '../../data/people.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { shortDate } from '../../time.ts'
import { NewPost } from './new-post.tsx'
import { held } from './people-table.tsx'
import { Profile } from './profile.tsx'

/** One person: how to reach them, the posts they hold and held, and what may be changed. */
export function PersonPane({
  person,
  now,
  onClose,
}: {
  person: PersonView
  now: string
  onClose: () => void
}) {
  const { t } = useTranslation()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const current = person.posts.filter((post) => held(post, now))
  const ended = person.posts.filter((post) => !current.includes(post))
  return (
    <aside className="pane" aria-label={person.name}>
      <header>
        <Face name={person.name} />
        <div>
          <h2>{person.name}</h2>
          <p>{[person.workPhone, person.login].filter(Boolean).join(t('comma')) || t('people.noLogin')}</p>
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <section>
        <h3>
          {t('people.posts')}
          {may('post.change') && !adding && (
            <Button small onClick={() => setAdding(true)}>
              {t('people.addPost')}
            </Button>
          )}
        </h3>
        {current.length === 0 && !adding && <p className="note second">{t('people.noPostWhy')}</p>}
        {current.map((post) => (
          <Post key={post.id} post={post} now={now} mayEnd={may('post.change')} />
        ))}
        {adding && (
          <NewPost person={person} onDone={() => setAdding(false)} onCancel={() => setAdding(false)} />
        )}
      </section>
      {ended.length > 0 && (
        <section>
          <h3>{t('people.before')}</h3>
          {ended.map((post) => (
            <Post key={post.id} post={post} now={now} mayEnd={false} />
          ))}
        </section>
      )}
      {may('profile.read') && <Profile person={person.id} now={now} mayChange={may('profile.change')} />}
      {may('credential.change') && person.login && <Password id={person.id} />}
    </aside>
  )
}

/** A post with its span; ending it takes effect at once and stays in the list. */
function Post({ post, now, mayEnd }: { post: PostView; now: string; mayEnd: boolean }) {
  const { t } = useTranslation()
  const tell = useToast()
  const end = usePeopleChange(endPost)
  const from = shortDate(t, post.from, now)
  const span = post.until
    ? t('people.fromUntil', { from, until: shortDate(t, post.until, now) })
    : t('people.from', { from })
  return (
    <div className="post">
      <div>
        <p>
          <b>{t(`role.${post.role}`)}</b>
        </p>
        <small>{t('people.postAt', { organisation: post.organisation.name, place: post.place })}</small>
        <small>
          {span}
          {post.backup && t('people.backup', { name: post.backup.name })}
        </small>
        <ProblemNote error={end.error} />
      </div>
      {mayEnd && held(post, now) && (
        <Button
          small
          onClick={() =>
            end.mutate({ id: post.id, at: undefined }, { afterwards: () => tell(t('people.ended')) })
          }
          busy={end.isPending}
          aria-label={t('people.endPost', { role: t(`role.${post.role}`) })}
        >
          {t('people.end')}
        </Button>
      )}
    </div>
  )
}

/** A password to begin with; the person has to choose an own one at the first log in. */
function Password({ id }: { id: string }) {
  const { t } = useTranslation()
  const [password, setWord] = useState('')
  const [reset, setReset] = useState(false)
  const change = usePeopleChange(setPassword)
  const short = password !== '' && [...password].length < 10
  return (
    <section>
      <h3>{t('people.password')}</h3>
      <form
        className="pane-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (password && !short)
            change.mutate({ id, password, resetSecondFactor: reset }, { onSuccess: () => setWord('') })
        }}
      >
        <TextInput
          label={t('people.firstPassword')}
          hint={change.isSuccess ? t('people.passwordSet') : t('people.passwordHint')}
          autoComplete="off"
          spellCheck={false}
          value={password}
          error={short && t('people.passwordShort')}
          onChange={(event) => setWord(event.target.value)}
        />
        <Switch label={t('people.resetSecond')} on={reset} onChange={setReset} />
        <ProblemNote error={change.error} />
        <div>
          <Button type="submit" small busy={change.isPending}>
            {t('people.setPassword')}
          </Button>
        </div>
      </form>
    </section>
  )
}
