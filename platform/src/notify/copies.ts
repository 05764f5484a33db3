import { derivedId } from '#kernel/ids.ts'
import type { Channel } from './contract.ts'
import { isDeclined, isPatient, kindOf } from './kinds.ts'
import type { Way } from './outbox-store.ts'
import { leaving, quietOf } from './quiet.ts'
import type { Message } from './service.ts'
import type { NewMessage, Recipient } from './store.ts'

/** The rows of one message: one for the app, and one for every other way that whoever is addressed chose. */

/** What somebody wants, out of the columns. */
function wantedOf(
  way: Omit<Way, 'addressed' | 'owner' | 'robot' | 'bySms' | 'byEmail' | 'devices' | 'declined'>,
) {
  return {
    district: quietOf(way.districtFrom, way.districtUntil),
    own: quietOf(way.quietFrom, way.quietUntil),
    digestAt: way.digestAt,
  }
}

/** How a template keeps quiet hours. */
export function mannerOf(template: string, audience: 'reporter' | 'serving', urgent: boolean) {
  return { urgent, patient: isPatient(template), alone: kindOf(template, audience) === 'deadline' }
}

export function copiesOf(message: Message, ways: readonly Way[]): NewMessage[] {
  const { id, to, template, params, request = null, at, channels = ['in_app'], urgent = false } = message
  const audience = 'reporter' in to ? 'reporter' : 'serving'
  const kind = kindOf(template, audience)
  const copy = (channel: Channel, more: Partial<NewMessage> = {}): NewMessage => ({
    id,
    channel,
    to,
    template,
    params,
    request,
    at,
    device: null,
    urgent,
    notBefore: null,
    digest: false,
    ...more,
  })
  const inApp = channels.includes('in_app') ? [copy('in_app')] : []
  // What a reporter is told in the app alone goes nowhere else.
  if (audience === 'reporter' && !channels.includes('sms')) return inApp
  const outside = ways.flatMap((way) => {
    const when = leaving(at, wantedOf(way), mannerOf(template, audience, urgent))
    const wants = (channel: Channel) => !isDeclined(way.declined, kind, channel)
    if (way.robot)
      return wants('robot')
        ? [
            copy('robot', {
              id: derivedId('robot', id, way.owner),
              device: way.owner,
              ...when,
              digest: false,
            }),
          ]
        : []
    const reader: Recipient = audience === 'reporter' ? to : { person: way.owner }
    return [
      ...(audience === 'reporter' && way.bySms && wants('sms')
        ? [copy('sms', { id: derivedId('sms', id), ...when })]
        : []),
      ...(way.byEmail && wants('email')
        ? [
            copy('email', {
              id: audience === 'reporter' ? derivedId('email', id) : derivedId('email', id, way.owner),
              to: reader,
              ...when,
            }),
          ]
        : []),
      ...(wants('push')
        ? way.devices.map((device) =>
            copy('push', { id: derivedId('push', id, device), to: reader, device, ...when }),
          )
        : []),
    ]
  })
  return [...inApp, ...outside]
}
