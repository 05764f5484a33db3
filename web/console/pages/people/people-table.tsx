import { useTranslation } from 'react-i18next'
import type { PersonView, PostView } from '#people/contract.ts'
import { Face } from '#web/ui/seal.tsx'
import { Tag } from '#web/ui/tag.tsx'

/** True for a post that has not ended; one given a moment ago counts although the page's clock is behind it. */
export function held(post: PostView, now: string): boolean {
  return post.until === null || post.until > now
}

/** Name, what they serve as, how to reach them, with which account. */
export function PeopleTable(props: {
  people: PersonView[]
  open: string | undefined
  now: string
  onOpen: (id: string) => void
}) {
  const { people, open, now, onOpen } = props
  const { t } = useTranslation()
  return (
    <table className="ledger people">
      <thead>
        <tr>
          <th scope="col">{t('people.name')}</th>
          <th scope="col">{t('people.posts')}</th>
          <th scope="col">{t('people.phone')}</th>
          <th scope="col">{t('people.login')}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => {
          const posts = person.posts.filter((post) => held(post, now))
          return (
            <tr key={person.id} className={person.id === open ? 'marked' : undefined}>
              <td>
                <button
                  type="button"
                  className="person-name"
                  aria-expanded={person.id === open}
                  onClick={() => onOpen(person.id)}
                >
                  <Face name={person.name} size="s" />
                  {person.name}
                </button>
                {!person.active && <Tag>{t('people.gone')}</Tag>}
              </td>
              <td>
                {posts.slice(0, 2).map((post) => (
                  <p key={post.id}>
                    {t(`role.${post.role}`)}
                    <small>
                      {t('people.postAt', { organisation: post.organisation.name, place: post.place })}
                    </small>
                  </p>
                ))}
                {posts.length > 2 && <small>{t('people.morePosts', { count: posts.length - 2 })}</small>}
                {posts.length === 0 && <span className="muted">{t('people.noPost')}</span>}
              </td>
              <td>{person.workPhone ?? <span className="muted">{t('people.noPhone')}</span>}</td>
              <td>{person.login ?? <span className="muted">{t('people.noLogin')}</span>}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
