import { Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { HouseholdItem } from '#web/api/field.ts'
import { IconLink } from '#web/ui/button.tsx'
import { useNow } from '#web/ui/now.ts'
import { sayDate } from '#web/ui/say-time.ts'
import { Tag } from '#web/ui/tag.tsx'
import { line } from '../../parts/calling.ts'

/** One who lives here: how old, how related, away until when, why somebody looks in; and the way to call. */
export function Member({
  member,
  age,
  care,
}: {
  member: HouseholdItem['members'][number]
  age: number | undefined
  care: HouseholdItem['care']
}) {
  const { t } = useTranslation()
  const now = useNow()
  const day = (value: string) => sayDate(t, `${value}T04:00:00.000Z`, now)
  const away =
    member.away &&
    (member.away.until
      ? t('household.away_until', { why: t(`away.${member.away.kind}`), day: day(member.away.until) })
      : t(`away.${member.away.kind}`))
  return (
    <div className="member">
      <div className="grow">
        <p>
          <b>{member.name}</b>
          <span className="second">
            {line(t, [t(`relation.${member.relation}`), age !== undefined && t('household.age', { age })])}
          </span>
        </p>
        {away && <small>{away}</small>}
        {care.map((one) => (
          <div key={one.id} className="cared">
            <Tag tone="care">{t(`care.${one.kind}`)}</Tag>
            <small>
              {line(t, [
                one.plan,
                one.helper && t('household.helper', { name: one.helper }),
                t('household.review', { basis: t(`basis.${one.basis}`), day: day(one.reviewOn) }),
              ])}
            </small>
          </div>
        ))}
      </div>
      {member.phone && (
        <IconLink
          ring
          icon={Phone}
          href={`tel:${member.phone}`}
          label={t('household.call', { name: member.name })}
        />
      )}
    </div>
  )
}
