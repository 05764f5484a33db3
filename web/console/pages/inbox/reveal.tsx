import { useReveal } from '../../data/requests.ts'
import { RevealNumber } from '../../parts/reveal.tsx'

const reasons = ['solve', 'follow_up', 'urgent', 'other'] as const

/** The number of whoever said it. */
export function Reveal({ request, masked, name }: { request: string; masked: string; name: string }) {
  return <RevealNumber masked={masked} name={name} reasons={reasons} reveal={useReveal(request)} />
}
