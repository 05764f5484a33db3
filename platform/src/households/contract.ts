import { z } from 'zod'
import { areaPath } from '#org/contract.ts'

/** Contracts of doors. A door is not personal: who lives behind it is never told here. */

export const dwellingsQuerySchema = z.object({ unit: areaPath.describe('Path of the unit (stairwell)') })

export const dwellingSchema = z.object({
  id: z.uuid().describe('Dwelling'),
  floor: z.int().describe('Storey, from 1'),
  number: z.string().describe('Number on the door, 602'),
})
export type Dwelling = z.infer<typeof dwellingSchema>

export const dwellingsSchema = z.object({
  items: z.array(dwellingSchema).describe('Doors of the unit, from the ground up'),
})
