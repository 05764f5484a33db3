import { type ComponentType, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Command } from '#whistle/commands.ts'
import { objectionBases, type ObjectionBasis, type Rating, ratings } from '#whistle/lists.ts'
import { SegmentedChoice, Select, TextArea } from '#web/ui/field.tsx'
import { PhotoField } from '../../parts/photo-field.tsx'
import { Blow } from './blow.tsx'
import { Decide } from './decide.tsx'
import { type DeedProps, WhistleForm } from './whistle-form.tsx'

/** The forms of the steps, each in the place where its button stood. */

/** One sentence is all it takes. */
function Said(
  props: DeedProps & { kind: 'here' | 'send_back' | 'note' | 'done'; photos?: boolean; most?: number },
) {
  const { kind, photos: withPhotos, most = 500, ...rest } = props
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [photos, setPhotos] = useState<string[]>([])
  const said = words.trim()
  const draft = !said
    ? undefined
    : kind === 'note' || kind === 'done'
      ? { kind, words: said, attachments: photos }
      : { kind, words: said }
  const open = props.whistle.items.filter(({ state }) => state === 'in_progress')
  const points = open.reduce((sum, one) => sum + Math.max(one.points.length, 1), 0)
  return (
    <WhistleForm
      {...rest}
      kind={kind}
      draft={draft}
      {...(kind === 'done' && { cause: t('whistle.doneCause', { requests: open.length, points }) })}
    >
      <div className="wide">
        <TextArea
          label={t(`whistle.words.${kind}`)}
          value={words}
          maxLength={most}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      {withPhotos && (
        <div className="wide">
          <PhotoField label={t('field.addPhotos')} value={photos} onChange={setPhotos} />
        </div>
      )}
    </WhistleForm>
  )
}

const Here = (props: DeedProps) => <Said {...props} kind="here" />
const SendBack = (props: DeedProps) => <Said {...props} kind="send_back" />
const Note = (props: DeedProps) => <Said {...props} kind="note" photos most={2000} />
const Done = (props: DeedProps) => <Said {...props} kind="done" photos most={2000} />

/** Coming: for which department, where I serve in several, and what is done first. */
function ReportIn(props: DeedProps) {
  const { whistle } = props
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [organisation, setOrganisation] = useState(whistle.own[0])
  const draft = { kind: 'report_in' as const, words, ...(organisation && { organisation }) }
  return (
    <WhistleForm {...props} kind="report_in" draft={draft}>
      <OwnDepartment whistle={whistle} value={organisation} onChange={setOrganisation} />
      <div className="wide">
        <TextArea
          label={t('whistle.words.report_in')}
          hint={t('field.optional')}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </WhistleForm>
  )
}

function OwnDepartment(props: {
  whistle: DeedProps['whistle']
  value: string | undefined
  onChange: (id: string) => void
}) {
  const { whistle, value, onChange } = props
  const { t } = useTranslation()
  if (whistle.own.length < 2) return null
  const own = whistle.parts.filter(({ organisation }) => whistle.own.includes(organisation.id))
  return (
    <div className="wide">
      <Select label={t('whistle.forWhom')} value={value} onChange={(event) => onChange(event.target.value)}>
        {own.map(({ organisation }) => (
          <option key={organisation.id} value={organisation.id}>
            {organisation.name}
          </option>
        ))}
      </Select>
    </div>
  )
}

function ObjectTo(props: DeedProps) {
  const { whistle } = props
  const { t } = useTranslation()
  const [basis, setBasis] = useState<ObjectionBasis | ''>('')
  const [words, setWords] = useState('')
  const [organisation, setOrganisation] = useState(whistle.own[0])
  const draft =
    basis && words.trim()
      ? { kind: 'object' as const, basis, words: words.trim(), ...(organisation && { organisation }) }
      : undefined
  return (
    <WhistleForm {...props} kind="object" draft={draft} missing={t('whistle.missing.object')}>
      <OwnDepartment whistle={whistle} value={organisation} onChange={setOrganisation} />
      <div className="wide">
        <Select
          label={t('field.basis')}
          value={basis}
          onChange={(event) => setBasis(event.target.value as typeof basis)}
        >
          <option value="">{t('field.choose')}</option>
          {objectionBases.map((one) => (
            <option key={one} value={one}>
              {t(`whistle.basis.${one}`)}
            </option>
          ))}
        </Select>
      </div>
      <div className="wide">
        <TextArea
          label={t('whistle.words.object')}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </WhistleForm>
  )
}

/** Every department that came, each with one word; what it adds in words is read by all of them. */
function Rate(props: DeedProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [given, setGiven] = useState<Record<string, Rating>>({})
  const rated = props.whistle.parts.filter(({ releasedAt }) => releasedAt === null)
  const list = rated.flatMap(({ organisation: { id } }) => {
    const rating = given[id]
    return rating ? [{ organisation: id, rating }] : []
  })
  const draft =
    list.length === rated.length ? { kind: 'rate' as const, ratings: list, words: words.trim() } : undefined
  return (
    <WhistleForm {...props} kind="rate" draft={draft} missing={t('whistle.missing.rate')}>
      {rated.map(({ organisation }) => (
        <div className="wide" key={organisation.id}>
          <p className="label">{organisation.name}</p>
          <SegmentedChoice
            legend={organisation.name}
            options={ratings.map((one) => ({ value: one, label: t(`whistle.rating.${one}`) }))}
            value={given[organisation.id]}
            onChange={(rating) => setGiven({ ...given, [organisation.id]: rating })}
          />
        </div>
      ))}
      <div className="wide">
        <TextArea
          label={t('whistle.words.rate')}
          hint={t('field.optional')}
          value={words}
          maxLength={500}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
    </WhistleForm>
  )
}

const Release = (props: DeedProps) => <Decide {...props} kind="release" />
const Insist = (props: DeedProps) => <Decide {...props} kind="insist" />

export const deeds: Record<Command['kind'], ComponentType<DeedProps>> = {
  here: Here,
  send_back: SendBack,
  blow: Blow,
  report_in: ReportIn,
  object: ObjectTo,
  release: Release,
  insist: Insist,
  note: Note,
  done: Done,
  rate: Rate,
}
