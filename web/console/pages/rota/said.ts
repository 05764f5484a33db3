import type { TFunction } from 'i18next'
import { clockTime, localTime } from '#web/ui/local-time.ts'
import type { RotaLine } from '../../data/rota.ts'

/** Words of a rota that several parts of the page say. */

/** `17:30至次日8:30`; a whole day says so. */
export function hoursSaid(t: TFunction, startsAt: string, endsAt: string): string {
  const [from, until] = [localTime(startsAt), localTime(endsAt)]
  const clocks = { from: clockTime(from), until: clockTime(until) }
  return t(from.serial === until.serial ? 'rota.hours' : 'rota.night', clocks)
}

/** On which days a line has turns: `周一、周二`, `每天`, and whether only worked days or days off. */
export function daysSaid(t: TFunction, { weekdays, days }: Pick<RotaLine, 'weekdays' | 'days'>): string {
  const named =
    weekdays.length === 7
      ? t('rota.everyDay')
      : weekdays.map((day) => t(`weekday.${day}`, { ns: 'ui' })).join(t('story.listComma'))
  return days === 'every' ? named : t(`rota.days.${days}`, { days: named })
}
