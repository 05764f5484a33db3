import type { TFunction } from 'i18next'
import { ChevronRight, Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Here } from '#web/api/places.ts'
import { Button, ButtonLink, IconLink } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { clockTime, dayPhrase, localTime } from '#web/ui/local-time.ts'
import { useNow } from '#web/ui/now.ts'
import { sayMoment } from '#web/ui/say-time.ts'
import { Seal } from '#web/ui/seal.tsx'
import { useSettings } from '../../kept/settings.ts'
import { paths } from '../../paths.ts'
import { spoken } from '../../phone-number.ts'
import { withoutRepeats } from '../../place-names.ts'

/** Where nobody has said yet where they live: the one question, and why it is asked. */
export function AskHome({ onChoose }: { onChoose: () => void }) {
  const { t } = useTranslation()
  return (
    <Card className="person">
      <h1 className="ask">{t('home.ask')}</h1>
      <p className="why">{t('home.ask_why')}</p>
      <Button kind="primary" wide onClick={onChoose}>
        {t('home.ask_do')}
      </Button>
    </Card>
  )
}

/** My liaison with the call button; where the door has none, the community's desk, which then answers for it. */
export function MyLiaison({ here }: { here: Here }) {
  const { t } = useTranslation()
  const { elder } = useSettings()
  const [liaison] = here.liaisons
  const name = liaison?.name ?? here.desk?.organisation
  if (!name) return null
  const phone = liaison ? liaison.phone : here.desk?.phone
  const role = liaison ? t(elder ? 'home.liaison_yours' : 'home.liaison') : t('home.desk')
  return (
    <Card className="person" aria-label={role}>
      <div className="who">
        <Seal name={name} />
        <div className="grow">
          <p className="role">{role}</p>
          <h1 className={liaison ? 'name' : 'name long'}>{name}</h1>
          {!elder && (
            <p className="does">
              {liaison
                ? t('home.does', {
                    organisation: liaison.organisation,
                    covers: withoutRepeats(liaison.covers).join(t('list_comma')),
                    count: liaison.doors,
                  })
                : here.place}
            </p>
          )}
        </div>
      </div>
      {phone && (
        <ButtonLink
          kind="primary"
          wide
          className="call"
          icon={Phone}
          href={`tel:${phone}`}
          aria-label={t('call_number', { name, phone: spoken(phone) })}
        >
          {elder ? t('home.call') : spoken(phone)}
        </ButtonLink>
      )}
      {!elder && liaison?.backup && (
        <Link href={paths.people()} className="instead">
          <span>{t('home.backup', { name: liaison.backup.name })}</span>
          <Icon of={ChevronRight} size="s" />
        </Link>
      )}
    </Card>
  )
}

/** When a turn ends: the clock alone while it is today. */
function turnEnds(t: TFunction, until: string, now: string): string {
  return dayPhrase(until, now).kind === 'today' ? clockTime(localTime(until)) : sayMoment(t, until, now)
}

/** Who answers now, and who after. `plain` is the one line of elder mode. */
export function OnDuty({ duty, plain }: { duty: NonNullable<Here['onDuty']>; plain?: boolean }) {
  const { t } = useTranslation()
  const now = useNow()
  const number = duty.dutyPhone ?? duty.phone
  const call = number && (
    <IconLink ring icon={Phone} label={t('call', { name: duty.name })} href={`tel:${number}`} />
  )
  if (plain)
    return (
      <div>
        <span className="grow">{t('home.duty_short', { name: duty.name })}</span>
        {call}
      </div>
    )
  return (
    <Card className="duty">
      <div className="grow">
        <p>{t('home.duty_who', { name: duty.name, organisation: duty.organisation })}</p>
        {duty.dutyPhone && <small>{t('home.duty_number', { phone: spoken(duty.dutyPhone) })}</small>}
        {duty.then && (
          <small>
            {t('home.duty_after', { moment: turnEnds(t, duty.until, now), name: duty.then.name })}
          </small>
        )}
      </div>
      {call}
    </Card>
  )
}
