import { useTranslation } from 'react-i18next'
import type { Helpers } from '../../../data/offers.ts'

type One = Helpers['chosen'][number]

/** Each with what makes up the place in the row, so that the desk reads why, and may choose otherwise. */
export function HelperRows(props: {
  rows: readonly One[]
  chosen: readonly string[]
  full: boolean
  onFlip: (id: string) => void
}) {
  const { rows, chosen, full, onFlip } = props
  const { t } = useTranslation()
  const why = ({ parts, skills }: One) =>
    [
      t('offers.part.walk', { count: parts.walk }),
      ...skills.map((skill) => t(`profile.skill.${skill}`, { defaultValue: skill })),
      parts.held > 0 && t('offers.part.held'),
      parts.asked > 0 && t('offers.part.asked'),
      parts.slotsUnsaid > 0 && t('offers.part.slotsUnsaid'),
    ].filter(Boolean)
  return (
    <ul className="offer-helpers">
      {rows.map((one) => (
        <li key={one.id}>
          <label>
            <input
              type="checkbox"
              checked={chosen.includes(one.id)}
              disabled={full && !chosen.includes(one.id)}
              onChange={() => onFlip(one.id)}
            />
            <span>
              <b>{one.name}</b>
              <small>{one.roles.map((role) => t(`role.${role}`)).join(t('story.listComma'))}</small>
            </span>
            <span className="offer-why">{why(one).join(t('story.listComma'))}</span>
            <span className="nb" title={t('offers.costWhy')}>
              {t('offers.cost', { count: one.cost })}
            </span>
          </label>
        </li>
      ))}
    </ul>
  )
}
