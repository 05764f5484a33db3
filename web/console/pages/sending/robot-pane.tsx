import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Organisation } from '#org/contract.ts'
import { newId } from '#web/api/ids.ts'
import { Refused } from '#web/api/problem.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Select, Switch, TextArea, TextInput } from '#web/ui/field.tsx'
import { useToast } from '#web/ui/toast.tsx'
import { problemText } from '../../data/problem.ts'
import { type Robot, type RobotChange, useRobotChange, useTrial } from '../../data/sending.ts'
import { OrganisationPicker } from '../../parts/organisation-picker.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Last } from './robots.tsx'

const kinds = ['wecom', 'dingtalk', 'http'] as const
const news = ['work', 'deadline', 'word', 'progress'] as const
const firstShape = '{"text":"{text}","link":"{link}","id":"{key}"}'

/** One robot: whose group, where it stands, what it gets. Its address and secret are never shown again. */
export function RobotPane({
  robot,
  origins,
  onDone,
  onClose,
}: {
  robot?: Robot
  origins: readonly string[]
  onDone: (id: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const tell = useToast()
  const [id] = useState(() => robot?.id ?? newId())
  const [organisation, setOrganisation] = useState<Pick<Organisation, 'id'> | undefined>(
    robot && { id: robot.organisation },
  )
  const [picked, setPicked] = useState<Organisation>()
  const [tried, setTried] = useState(false)
  const [secret, setSecret] = useState('')
  const [form, setForm] = useState({
    kind: robot?.kind ?? ('wecom' as const),
    name: robot?.name ?? '',
    url: '',
    shape: robot?.shape ?? firstShape,
    accepted: robot?.accepted ?? '',
    language: robot?.language ?? ('zh-CN' as const),
    declined: robot?.declined ?? [],
    active: robot?.active ?? true,
  })
  const put = (more: Partial<typeof form>) => setForm((before) => ({ ...before, ...more }))
  const change = useRobotChange(id, robot?.version ?? 0)
  const refused = change.error instanceof Refused ? change.error.problem.field : undefined
  const wrong = (field: string) => refused === field && change.error && problemText(t, change.error)
  const missing = (text: string) => tried && !text.trim() && t('sending.missing')

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (change.isPending || !organisation || !form.name.trim() || (!robot && !form.url.trim())) return
    const body: RobotChange = {
      ...form,
      organisation: organisation.id,
      url: form.url.trim() || null,
      shape: form.kind === 'http' ? form.shape : null,
      accepted: form.kind === 'http' ? form.accepted || null : null,
      ...(secret.trim() && { secret: secret.trim() }),
    }
    change.mutate(body, {
      afterwards: () => tell(t('sending.robotSaved')),
      onSuccess: () => onDone(id),
    })
  }
  const name = robot?.name ?? t('sending.add')
  return (
    <aside className="pane" aria-label={name}>
      <header>
        <div>
          <h2>{name}</h2>
          <p>{robot?.organisationName ?? t('sending.addWhat')}</p>
        </div>
        <IconButton label={t('pane.close')} icon={X} onClick={onClose} />
      </header>
      {robot && <Trial robot={robot} />}
      <section>
        <form className="pane-form" onSubmit={submit} noValidate>
          <TextInput
            label={t('sending.name')}
            hint={t('sending.nameHint')}
            value={form.name}
            maxLength={60}
            error={missing(form.name)}
            onChange={({ target }) => put({ name: target.value })}
          />
          <OrganisationPicker
            label={
              robot ? t('sending.otherGroup', { name: robot.organisationName ?? '' }) : t('sending.whose')
            }
            value={picked}
            onChange={(one) => {
              setPicked(one)
              setOrganisation(one ?? (robot && { id: robot.organisation }))
            }}
          />
          {tried && !organisation && <p className="problem">{t('sending.missing')}</p>}
          <Select
            label={t('sending.kind')}
            value={form.kind}
            onChange={({ target }) => put({ kind: kinds.find((one) => one === target.value) ?? 'wecom' })}
          >
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`sending.kinds.${kind}`)}
              </option>
            ))}
          </Select>
          <TextInput
            label={t('sending.url')}
            hint={
              robot
                ? t('sending.urlKept', { origin: robot.origin })
                : t('sending.urlHint', { origins: origins.join(' ') })
            }
            value={form.url}
            maxLength={1_000}
            autoComplete="off"
            spellCheck={false}
            error={wrong('body.url') || (!robot && missing(form.url))}
            onChange={({ target }) => put({ url: target.value })}
          />
          {form.kind !== 'wecom' && (
            <TextInput
              label={t('sending.secret')}
              hint={t(robot?.signed ? 'sending.secretKept' : `sending.secretHint.${form.kind}`)}
              type="password"
              autoComplete="off"
              value={secret}
              maxLength={200}
              error={wrong('body.secret')}
              onChange={({ target }) => setSecret(target.value)}
            />
          )}
          {form.kind === 'http' && (
            <>
              <TextArea
                label={t('sending.shape')}
                hint={t('sending.shapeHint', { gaps: '{text} {code} {link} {at} {key}' })}
                value={form.shape}
                rows={3}
                maxLength={2_000}
                spellCheck={false}
                error={wrong('body.shape')}
                onChange={({ target }) => put({ shape: target.value })}
              />
              <TextInput
                label={t('sending.accepted')}
                hint={t('sending.acceptedHint')}
                value={form.accepted}
                maxLength={200}
                onChange={({ target }) => put({ accepted: target.value })}
              />
            </>
          )}
          <fieldset className="sending-news">
            <legend>{t('sending.news')}</legend>
            {news.map((kind) => (
              <label key={kind}>
                <input
                  type="checkbox"
                  checked={!form.declined.includes(kind)}
                  onChange={({ target }) =>
                    put({
                      declined: target.checked
                        ? form.declined.filter((one) => one !== kind)
                        : [...form.declined, kind],
                    })
                  }
                />
                {t(`sending.newsKinds.${kind}`)}
              </label>
            ))}
          </fieldset>
          <Select
            label={t('templates.language')}
            value={form.language}
            onChange={({ target }) => put({ language: target.value === 'en' ? 'en' : 'zh-CN' })}
          >
            <option value="zh-CN">{t('language.zh-CN')}</option>
            <option value="en">{t('language.en')}</option>
          </Select>
          <Switch label={t('sending.active')} on={form.active} onChange={(active) => put({ active })} />
          {!wrong('body.url') && !wrong('body.shape') && !wrong('body.secret') && (
            <ProblemNote error={change.error} />
          )}
          <div className="deed-do">
            <Button type="submit" kind="primary" busy={change.isPending}>
              {t(robot ? 'sending.save' : 'sending.add')}
            </Button>
            <p>{t('sending.plain')}</p>
          </div>
        </form>
      </section>
    </aside>
  )
}

/** A message that is only tried; by the outbox, as every other. */
function Trial({ robot }: { robot: Robot }) {
  const { t } = useTranslation()
  const tell = useToast()
  const trial = useTrial(robot.id)
  return (
    <section>
      <h3>{t('sending.last')}</h3>
      <div className="sending-last">
        <Last last={robot.last} />
      </div>
      {robot.active && robot.allowed && (
        <div className="deed-do">
          <Button
            small
            busy={trial.isPending}
            onClick={() => trial.mutate(undefined, { afterwards: () => tell(t('sending.trialSent')) })}
          >
            {t('sending.trial')}
          </Button>
          <p>{t('sending.trialCause')}</p>
        </div>
      )}
      <ProblemNote error={trial.error} />
    </section>
  )
}
