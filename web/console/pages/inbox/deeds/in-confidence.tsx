import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { attachmentUrl } from '#web/api/requests.ts'
import { Switch, TextArea } from '#web/ui/field.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { requestHandlers } from '../../../data/requests.ts'

/** What giving a request away takes when it is about the receiver, or when the receiver may not know who said it (RQ10). */
export type Giving = {
  /** The words are all that the receiver reads, and cannot be left out. */
  needsMatter: boolean
  /** Nothing is missing but, perhaps, the words. */
  ready: boolean
  /** What goes into the command. */
  extra: { evenComplainedOf?: true; clear?: string[] }
  confirmed: boolean
  setConfirmed(confirmed: boolean): void
  cleared: string[]
  setCleared(cleared: string[]): void
  isAbout: boolean
}

export function useGiving(request: RequestView, receivers: readonly string[]): Giving {
  const [confirmed, setConfirmed] = useState(false)
  const [cleared, setCleared] = useState<string[]>([])
  const handlers = useQuery({ ...requestHandlers(request.id), enabled: request.confidential })
  const about = request.complainedOf.map(({ id }) => id)
  const isAbout = receivers.some((one) => about.includes(one))
  // Left open, everybody but a desk may not know; of whom the list does not say it, the words are asked for too.
  const mayKnow = (one: string) =>
    about.length > 0
      ? !about.includes(one)
      : handlers.data?.items.some(({ id, mayKnow: known }) => id === one && known)
  const needsMatter = request.confidential && !request.withheld && !receivers.every(mayKnow)
  return {
    needsMatter,
    isAbout,
    ready: !isAbout || confirmed,
    confirmed,
    setConfirmed,
    cleared,
    setCleared,
    extra: {
      ...(isAbout && confirmed && { evenComplainedOf: true as const }),
      ...(needsMatter && cleared.length > 0 && { clear: cleared }),
    },
  }
}

/** The warning with its second yes, and the photos that may go along. */
function InConfidence({ request, giving }: { request: RequestView; giving: Giving }) {
  const { t } = useTranslation()
  const { isAbout, needsMatter, confirmed, setConfirmed, cleared, setCleared } = giving
  const files = [
    ...request.attachments,
    ...request.entries.filter(({ by }) => by.kind === 'reporter').flatMap((entry) => entry.attachments),
  ].filter((file, index, all) => all.findIndex(({ id }) => id === file.id) === index)
  if (!isAbout && !needsMatter) return null
  const names = request.complainedOf.map((one) => one.name).join(t('confidence.and'))
  return (
    <div className="wide in-confidence">
      <p role="alert">
        <Icon of={TriangleAlert} size="s" />
        <span>
          {isAbout ? t('confidence.isAbout', { names }) : t('confidence.mayNotKnow')}
          {needsMatter && t('confidence.allTheyRead')}
        </span>
      </p>
      {isAbout && (
        <Switch label={t('confidence.stillGive', { names })} on={confirmed} onChange={setConfirmed} />
      )}
      {needsMatter && files.length > 0 && (
        <fieldset>
          <legend>{t('confidence.clear')}</legend>
          {files.map((file, index) => (
            <label key={file.id}>
              <input
                type="checkbox"
                checked={cleared.includes(file.id)}
                onChange={(event) =>
                  setCleared(
                    event.target.checked ? [...cleared, file.id] : cleared.filter((one) => one !== file.id),
                  )
                }
              />
              {file.kind === 'photo' && (
                <img src={attachmentUrl(file.id)} alt="" width={64} height={48} loading="lazy" />
              )}
              {t(`confidence.${file.kind}`, { number: index + 1 })}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  )
}

/** What is given along in words: for the receiver's eyes, or all that a receiver reads who may not know the rest (RQ10). */
export function MatterField(props: {
  request: RequestView
  giving: Giving
  label: string
  value: string
  onChange: (words: string) => void
}) {
  const { request, giving, label, value, onChange } = props
  const { t } = useTranslation()
  return (
    <>
      <InConfidence request={request} giving={giving} />
      <div className="wide">
        <TextArea
          label={giving.needsMatter ? t('confidence.matter') : label}
          value={value}
          maxLength={500}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
    </>
  )
}
