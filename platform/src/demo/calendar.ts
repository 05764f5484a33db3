import { plainCalendar } from './demo-fixture.ts'
import type { DemoCalendar } from './simulation.ts'

export async function demoCalendar(): Promise<DemoCalendar> {
  return plainCalendar
}
