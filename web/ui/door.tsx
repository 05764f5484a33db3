import { Heart } from 'lucide-react'
import { Icon } from './icon.tsx'
import './door.css'

/**
 * A household's door: its number, coloured by the last visit. The heart (needs care) shows whatever the colour.
 * `says` puts the state in words for the ear.
 */
export function Door({
  number,
  state,
  needsCare,
  chosen,
  says,
}: {
  number: string
  state?: 'done' | 'soon' | 'late' | 'care' | 'unknown' | undefined
  needsCare?: boolean | undefined
  chosen?: boolean | undefined
  says: string
}) {
  return (
    <span className={['dr', state, chosen && 'chosen'].filter(Boolean).join(' ')}>
      <span aria-hidden="true">{number}</span>
      <span className="vh">{says}</span>
      {needsCare && (
        <span className="heart">
          <Icon of={Heart} />
        </span>
      )}
    </span>
  )
}
