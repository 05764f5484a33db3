import { useTranslation } from 'react-i18next'
import type { Contact } from '#web/api/notices.ts'

type Kind = Contact['kinds'][number]
type Declined = Contact['declined']
const ways = ['sms', 'email', 'push'] as const

/** What I want to be told by which way (NT14); the app always has all of it. Only ways that I have stand here. */
export function Kinds({ known, onChange }: { known: Contact; onChange: (declined: Declined) => void }) {
  const { t } = useTranslation('told')
  const has = {
    sms: known.phone !== null && known.bySms,
    email: known.email !== null && known.byEmail,
    push: known.devices.length > 0,
  }
  const mine = ways.filter((way) => has[way])
  if (mine.length === 0) return null
  const audience = known.kinds.includes('work') ? 'serving' : 'reporter'
  const choose = (kind: Kind, way: (typeof ways)[number], wanted: boolean) => {
    const one = `${kind}:${way}` as const
    const without = known.declined.filter((other) => other !== one)
    onChange(wanted ? without : [...without, one])
  }
  return (
    <table className="told-kinds">
      <caption>{t('kinds')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="vh">{t('news')}</span>
          </th>
          {mine.map((way) => (
            <th key={way} scope="col">
              {t(`way.${way}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {known.kinds.map((kind) => (
          <tr key={kind}>
            <th scope="row">
              {t(`kind.${kind}`)}
              <small>{t(`${audience}.${kind}`)}</small>
            </th>
            {mine.map((way) => (
              <td key={way}>
                <label>
                  <input
                    type="checkbox"
                    aria-label={t('tick', { kind: t(`kind.${kind}`), way: t(`way.${way}`) })}
                    checked={!known.declined.includes(`${kind}:${way}`)}
                    onChange={({ target }) => choose(kind, way, target.checked)}
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
