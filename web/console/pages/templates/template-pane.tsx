import { useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refused, refusalCode } from '#web/api/problem.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { TextArea, TextInput } from '#web/ui/field.tsx'
import { useNow } from '#web/ui/now.ts'
import { useToast } from '#web/ui/toast.tsx'
import { problemText } from '../../data/problem.ts'
import { type Template, templateHistory, templates, useTemplateChange } from '../../data/templates.ts'
import { DateField } from '../../parts/date-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { shortDate } from '../../time.ts'
import { templateName } from '../../words.ts'
import { filled } from './filled.ts'

/** A text message beyond this many letters is billed as several. */
const oneText = 70

/** The words of one message: how they read filled in, the change of them from a day on, and how they were before. */
export function TemplatePane({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t } = useTranslation()
  const name = templateName(t, template.template)
  return (
    <aside className="pane" aria-label={name}>
      <header>
        <div>
          <h2>{name}</h2>
          <p>
            {t('templates.line', {
              audience: t(`audience.${template.audience}`),
              channel: t(`channel.${template.channel}`),
              language: t(`language.${template.language}`),
            })}
          </p>
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      <ChangeForm template={template} />
      <History template={template} />
    </aside>
  )
}

function ChangeForm({ template }: { template: Template }) {
  const { t } = useTranslation()
  const now = useNow()
  const tell = useToast()
  const client = useQueryClient()
  const [words, setWords] = useState(template.words)
  const [subject, setSubject] = useState(template.subject ?? '')
  const [from, setFrom] = useState<string>()
  const field = useRef<HTMLTextAreaElement>(null)
  const change = useTemplateChange(template)
  const refused = change.error instanceof Refused ? change.error.problem.field : undefined
  const conflict = refusalCode(change.error) === 'changed_meanwhile'
  const isLetter = template.channel === 'email'
  const length = [...filled(words, template.language)].length

  /** The placeholder stands where the cursor was. */
  function insert(name: string) {
    const at = field.current?.selectionStart ?? words.length
    const until = field.current?.selectionEnd ?? at
    setWords(`${words.slice(0, at)}{${name}}${words.slice(until)}`)
    field.current?.focus()
  }
  function save(to: string | null) {
    if (change.isPending) return
    const midnight = from && new Date(`${from}T00:00:00+08:00`).toISOString()
    change.mutate(
      {
        words: to,
        subject:
          to !== null && isLetter && subject.trim() !== template.standardSubject ? subject.trim() : null,
        ...(midnight && midnight > now && { validFrom: midnight }),
      },
      { afterwards: () => tell(t(to === null ? 'templates.wentBack' : 'templates.saved')) },
    )
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    save(words)
  }

  return (
    <>
      <section>
        <h3>{t('templates.preview')}</h3>
        <div className="preview" lang={template.language}>
          {isLetter && <b>{filled(subject, template.language)}</b>}
          <p>{filled(words, template.language)}</p>
        </div>
        {template.channel === 'sms' && (
          <p className="note second">
            {t('templates.length', { count: length, texts: Math.max(1, Math.ceil(length / oneText)) })}
          </p>
        )}
      </section>
      <section>
        <h3>{t('templates.change')}</h3>
        <form className="pane-form" onSubmit={submit} noValidate>
          {isLetter && (
            <TextInput
              label={t('templates.subject')}
              value={subject}
              maxLength={120}
              error={refused === 'body.subject' && change.error && problemText(t, change.error)}
              onChange={(event) => setSubject(event.target.value)}
            />
          )}
          <TextArea
            ref={field}
            label={t('templates.words')}
            hint={
              template.needed.length > 0 &&
              t('templates.wordsHint', {
                needed: template.needed.map((name) => `{${name}}`).join(t('story.listComma')),
              })
            }
            value={words}
            rows={4}
            maxLength={500}
            error={refused === 'body.words' && change.error && problemText(t, change.error)}
            onChange={(event) => setWords(event.target.value)}
          />
          <div className="values">
            {template.values.map((name) => (
              <Button key={name} small onClick={() => insert(name)}>
                {t('templates.insert', { value: t(`value.${name}`, { defaultValue: name }) })}
              </Button>
            ))}
          </div>
          <DateField
            label={t('categories.from')}
            hint={t('templates.fromHint')}
            value={from}
            onChange={setFrom}
          />
          {conflict && (
            <div className="conflict" role="alert">
              <p>{t('categories.conflict')}</p>
              <Button small onClick={() => void client.invalidateQueries({ queryKey: templates.queryKey })}>
                {t('categories.seeNewest')}
              </Button>
            </div>
          )}
          {!conflict && !refused && <ProblemNote error={change.error} />}
          <div className="deed-do">
            <Button type="submit" kind="primary" busy={change.isPending}>
              {t('templates.save')}
            </Button>
            {template.own && (
              <Button kind="quiet" busy={change.isPending} onClick={() => save(null)}>
                {t('templates.reset')}
              </Button>
            )}
            <p>{t('templates.cause')}</p>
          </div>
        </form>
      </section>
      {template.own && (
        <section>
          <h3>{t('templates.standard')}</h3>
          <p lang={template.language}>{template.standard}</p>
        </section>
      )}
    </>
  )
}

function History({ template }: { template: Template }) {
  const { t } = useTranslation()
  const now = useNow()
  const history = useQuery(templateHistory(template))
  const items = history.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section>
      <h3>{t('categories.history')}</h3>
      <ol className="history">
        {items.map((one) => (
          <li key={one.version}>
            <b>{t('people.from', { from: shortDate(t, one.validFrom, now) })}</b>
            <span lang={template.language}>{one.words ?? t('templates.backTo')}</span>
            <small>
              {t('templates.by', {
                who: one.setBy ?? t('templates.system'),
                at: shortDate(t, one.setAt, now),
              })}
            </small>
          </li>
        ))}
      </ol>
    </section>
  )
}
