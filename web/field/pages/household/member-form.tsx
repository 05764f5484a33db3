import { useTranslation } from 'react-i18next'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Select, TextInput } from '#web/ui/field.tsx'
import { type MemberDraft, wrongIn } from './edits.ts'

const relations = ['head', 'spouse', 'child', 'parent', 'grandparent', 'tenant', 'other'] as const
const aways = ['study', 'work', 'elsewhere'] as const
const lefts = ['moved', 'died'] as const

/** One member: what is known, to be corrected. */
export function MemberForm({
  member,
  tried,
  onChange,
  onDrop,
}: {
  member: MemberDraft
  tried: boolean
  onChange: (member: MemberDraft) => void
  onDrop?: (() => void) | undefined
}) {
  const { t } = useTranslation()
  const wrong = wrongIn(member)
  const said = (name: keyof typeof wrong) => tried && wrong[name] && t(wrong[name])
  const set = (part: Partial<MemberDraft>) => onChange({ ...member, ...part })
  return (
    <Card pad className="member-form" aria-label={member.name || t('edit.new')}>
      <h2>{member.name || t('edit.new')}</h2>
      <TextInput
        label={t('field.name')}
        value={member.name}
        maxLength={40}
        error={said('name')}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextInput
        label={t('field.phone')}
        type="tel"
        value={member.phone}
        maxLength={13}
        error={said('phone')}
        onChange={(event) => set({ phone: event.target.value })}
      />
      <div className="side-by-side">
        <Select
          label={t('field.relation')}
          value={member.relation}
          onChange={(event) => set({ relation: event.target.value })}
        >
          {relations.map((one) => (
            <option key={one} value={one}>
              {t(`relation.${one}`)}
            </option>
          ))}
        </Select>
        <TextInput
          label={t('field.birthYear')}
          inputMode="numeric"
          maxLength={4}
          value={member.birthYear}
          error={said('birthYear')}
          onChange={(event) => set({ birthYear: event.target.value.replaceAll(/\D/g, '') })}
        />
      </div>
      <div className="side-by-side">
        <Select
          label={t('field.away')}
          value={member.away}
          onChange={(event) => set({ away: event.target.value })}
        >
          <option value="">{t('away.none')}</option>
          {aways.map((one) => (
            <option key={one} value={one}>
              {t(`away.${one}`)}
            </option>
          ))}
        </Select>
        {member.away !== '' && (
          <TextInput
            label={t('field.until')}
            type="date"
            value={member.awayUntil}
            onChange={(event) => set({ awayUntil: event.target.value })}
          />
        )}
      </div>
      {onDrop ? (
        <Button kind="quiet" small onClick={onDrop}>
          {t('edit.drop')}
        </Button>
      ) : (
        <Select
          label={t('field.left')}
          value={member.left}
          onChange={(event) => set({ left: lefts.find((one) => one === event.target.value) ?? '' })}
        >
          <option value="">{t('left.none')}</option>
          {lefts.map((one) => (
            <option key={one} value={one}>
              {t(`left.${one}`)}
            </option>
          ))}
        </Select>
      )}
    </Card>
  )
}
