import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdView, Member } from '#households/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { localTime } from '#web/ui/local-time.ts'
import { useMay } from '../../data/me.ts'
import { noon, shortDate } from '../../time.ts'
import { MemberForm } from './member-form.tsx'
import { NoteForm } from './note-form.tsx'

/** Who lives here, who is away and until when, who left; and what whoever knocks should know. */
export function Members({ household, now }: { household: HouseholdView; now: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const [form, setForm] = useState<Member | 'new' | 'note'>()
  const here = household.members.filter(({ left }) => left === null)
  const gone = household.members.filter(({ left }) => left !== null)
  const close = () => setForm(undefined)
  const edits = may('household.edit')
  return (
    <section>
      <h3>
        {t('handbook.members')}
        {edits && !form && (
          <Button kind="link" small onClick={() => setForm('new')}>
            {t('handbook.addMember')}
          </Button>
        )}
      </h3>
      <dl className="members">
        {here.map((one) => (
          <div key={one.id}>
            <dt>{one.name}</dt>
            <dd>
              {describe(one)}
              {edits && form !== one && (
                <Button
                  kind="link"
                  small
                  aria-label={t('handbook.changeOf', { name: one.name })}
                  onClick={() => setForm(one)}
                >
                  {t('handbook.change')}
                </Button>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {form && form !== 'note' && (
        <MemberForm
          key={form === 'new' ? 'new' : form.id}
          household={household}
          member={form === 'new' ? undefined : form}
          onClose={close}
        />
      )}
      {gone.length > 0 && (
        <p className="note second">
          {t('handbook.gone', {
            names: gone
              .map((one) =>
                t(`handbook.left_kind.${one.left?.kind ?? 'moved'}`, {
                  name: one.name,
                  day: shortDate(t, noon(one.left?.on ?? ''), now),
                }),
              )
              .join(t('story.listComma')),
          })}
        </p>
      )}
      {form === 'note' ? (
        <NoteForm household={household} onClose={close} />
      ) : (
        (household.note || edits) && (
          <p className="note-line">
            {household.note ?? <span className="muted">{t('handbook.noNote')}</span>}
            {edits && (
              <Button kind="link" small aria-label={t('handbook.changeNote')} onClick={() => setForm('note')}>
                {t('handbook.change')}
              </Button>
            )}
          </p>
        )
      )}
    </section>
  )

  function describe(one: Member): string {
    const age = one.birthYear === null ? null : localTime(now).year - one.birthYear
    return [
      age !== null && t('handbook.age', { count: age }),
      t(`handbook.relation.${one.relation}`),
      one.away &&
        (one.away.until
          ? t(`handbook.awayUntil.${one.away.kind}`, { day: shortDate(t, noon(one.away.until), now) })
          : t(`handbook.away.${one.away.kind}`)),
    ]
      .filter(Boolean)
      .join(t('handbook.comma'))
  }
}
