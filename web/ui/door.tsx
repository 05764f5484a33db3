import { Heart } from 'lucide-react'
import { Icon } from './icon.tsx'
import './door.css'

type Look = {
  number: string
  /** the last visit; without one the door is plain */
  state?: 'done' | 'soon' | 'late' | 'care' | 'unknown' | undefined
  /** the heart shows whatever the colour */
  needsCare?: boolean | undefined
  chosen?: boolean | undefined
}

/** A household's door. It looks the same in a list, a building, a report; `says` puts its state in words for the ear. */
export function Door({ number, state, needsCare, chosen, says }: Look & { says?: string | undefined }) {
  return (
    <span className={['dr', state, chosen && 'chosen'].filter(Boolean).join(' ')}>
      {number}
      {needsCare && (
        <span className="heart">
          <Icon of={Heart} />
        </span>
      )}
      {says && <span className="vh">{says}</span>}
    </span>
  )
}
