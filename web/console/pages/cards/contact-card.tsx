import { useTranslation } from 'react-i18next'
import type { Cards } from '#handbook/contract.ts'
import { Seal } from '#web/ui/seal.tsx'
import { Qr } from '../../parts/qr.tsx'

/** The card that hangs at the entrance: who, by which number, for which doors; the square opens the page of the stairwell. */
export function ContactCard({ card }: { card: Cards['cards'][number] }) {
  const { t } = useTranslation()
  const [first, ...others] = card.units
  return (
    <article className="contact-card">
      <header>
        <Seal name={card.name} />
        <div>
          <h2>{card.name}</h2>
          <p>{[t('role.liaison'), card.organisation].filter(Boolean).join(t('handbook.comma'))}</p>
        </div>
      </header>
      <p className="card-phone">{card.phone ?? t('cards.noPhone')}</p>
      <p>
        {t('cards.covers', { place: first?.place ?? '' })}
        {others.length > 0 && t('cards.andMore', { count: others.length })}
        {t('cards.doors', { count: card.doors })}
      </p>
      {card.backup && (
        <p className="card-backup">
          {t('cards.backup', { name: card.backup.name, phone: card.backup.phone ?? '' })}
        </p>
      )}
      {first && (
        <footer>
          <Qr text={`${location.origin}/u/${first.code}`} label={t('cards.qr', { place: first.place })} />
          <p>{t('cards.scan')}</p>
        </footer>
      )}
    </article>
  )
}
