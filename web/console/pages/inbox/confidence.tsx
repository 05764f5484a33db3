import { Link } from '@tanstack/react-router'
import { EyeOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#requests/view-contract.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { paths } from '../../paths.ts'
import { lifecycleWord } from '../../words.ts'
import { Attachments } from './case-story.tsx'

/** RQ10: that a request is confidential, what that means to whoever reads it, and what it and others have to do with one another. */

export function ConfidenceTag() {
  const { t } = useTranslation()
  return (
    <Tag tone="care" icon={EyeOff}>
      {t('confidence.tag')}
    </Tag>
  )
}

/** To those who know: from whom it is kept. To those who do not: that this is all there is, and whom to ask. */
export function ConfidenceNote({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  if (!request.confidential && request.complainedOf.length === 0) return null
  const names = request.complainedOf.map((one) => one.name).join(t('confidence.and'))
  const means = request.withheld
    ? 'confidence.withheld'
    : !request.confidential
      ? 'confidence.onlyAbout'
      : names
        ? 'confidence.named'
        : 'confidence.open'
  return (
    <div className="confidence" role="note">
      <Icon of={EyeOff} size="s" />
      <div>
        <p>{t(means, { names })}</p>
        {request.withheld && <Attachments items={request.attachments} />}
      </div>
    </div>
  )
}

/** The request it complains about, and complaints about this one, as far as the reader may see them. */
export function Linked({ request }: { request: RequestView }) {
  const { t } = useTranslation()
  const { about, complaints } = request
  if (!about && complaints.length === 0) return null
  const line = (one: (typeof complaints)[number], key: string) => (
    <li key={one.id}>
      <Link to={paths.inbox} params={{ id: one.id }} search={{ queue: 'all' }}>
        {t(key, { code: one.code, state: lifecycleWord(t, `state.${one.state}`) })}
      </Link>
    </li>
  )
  return (
    <section>
      <h2>{t('confidence.linked')}</h2>
      <ul className="linked">
        {about && line(about, 'confidence.about')}
        {complaints.map((one) => line(one, 'confidence.complaint'))}
      </ul>
    </section>
  )
}
