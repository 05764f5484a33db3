/** L1: 10 to 30 households a person, 10 to 15 in a village. */
export const usualBounds = { least: 10, most: 30, ruralLeast: 10, ruralMost: 15 } as const
