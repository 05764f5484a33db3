import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Button } from '#web/ui/button.tsx'
import { TextArea } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { Bar, Screen, Top } from '#web/ui/screen.tsx'
import { Empty, Loading } from '#web/ui/states.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { enqueue, useBook } from '../../kept/book.ts'
import { entryOf, queued } from '../../kept/entry.ts'
import type { Household } from '../../kept/overlay.ts'
import { householdById } from '../../kept/views.ts'
import { useDoing } from '../../parts/doing.ts'
import { useKeptDraft } from '../../parts/kept-draft.ts'
import { useMending } from '../../parts/mending.ts'
import { Problem } from '../../parts/problem.tsx'
import { paths } from '../../paths.ts'
import { useTitle } from '../../title.ts'
import { today } from '../visit/draft.ts'
import { changedFields, draftOf, type EditDraft, newMember, wrongIn } from './edits.ts'
import { withFields } from '../../kept/overlay.ts'
import { MemberForm } from './member-form.tsx'
import './edit.css'

function EditForm({ household }: { household: Household }) {
  const { t } = useTranslation()
  const tell = useToast()
  const doing = useDoing()
  const now = useNow()
  const mended = useMending('household.edit')
  // What was not taken stands in the form again, to be mended.
  const [draft, change, forget] = useKeptDraft<EditDraft>(
    `edit/${household.id}`,
    draftOf(mended ? withFields(household, mended.entry.data.fields) : household),
    mended !== undefined,
  )
  const [tried, setTried] = useState(false)
  const wrong = draft.members.some((member) => Object.keys(wrongIn(member)).length > 0)
  const fields = changedFields(household, draft, today(now))
  const count = Object.keys(fields).length
  const save = () => {
    setTried(true)
    if (wrong) return undefined
    return void doing.run(async () => {
      if (count > 0) {
        const data = { household: household.id, fields }
        await enqueue(
          queued(entryOf('household.edit', data, { base: household.version, mends: mended?.entry.id })),
        )
        tell(t('edit.kept'))
      }
      await forget()
      history.back()
    })
  }
  return (
    <Screen
      top={<Top title={t('edit.title', { door: household.door.number })} onBack={() => history.back()} />}
      bar={
        <Bar>
          <Button kind="primary" wide onClick={save} busy={doing.busy}>
            {count > 0 ? t('edit.save', { count }) : t('edit.unchanged')}
          </Button>
          <p className="under">{t('edit.promise')}</p>
        </Bar>
      }
    >
      <Problem error={doing.error} />
      {mended?.problem && <p className="lost">{mended.problem.detail || mended.problem.title}</p>}
      <TextArea
        label={t('field.note')}
        hint={t('edit.note_hint')}
        value={draft.note}
        maxLength={2000}
        onChange={(event) => change({ note: event.target.value })}
      />
      {draft.members.map((member) => (
        <MemberForm
          key={member.id}
          member={member}
          tried={tried}
          onChange={(next) =>
            change({ members: draft.members.map((one) => (one.id === member.id ? next : one)) })
          }
          onDrop={
            member.isNew
              ? () => change({ members: draft.members.filter((one) => one.id !== member.id) })
              : undefined
          }
        />
      ))}
      <Button icon={Plus} onClick={() => change({ members: [...draft.members, newMember()] })}>
        {t('edit.add')}
      </Button>
    </Screen>
  )
}

/** The handbook page of a household, to be put right where it is wrong. */
export function EditPage({ id }: { id: string }) {
  const { t } = useTranslation()
  const book = useBook()
  const [, go] = useLocation()
  useTitle(t('edit.do'))
  const household = householdById(book, id)
  if (household) return <EditForm household={household} />
  return (
    <Screen top={<Top title={t('edit.do')} onBack={() => go(paths.households())} />}>
      {book.ready ? <Empty title={t('household.gone')} why={t('household.gone_why')} /> : <Loading />}
    </Screen>
  )
}
