import type { Random } from './prng.ts'
import type { Responders } from './responders.ts'
import type { Simulation } from './simulation.ts'
import type { Story, Told } from './stories.ts'

/** What a course is drawn from: the request so far, its story, who can act on it, and whether the reporter can be reached. */
export type Affair = {
  code: string
  story: Story
  told: Told
  sim: Simulation
  who: Responders
  random: Random
  known: boolean
}
