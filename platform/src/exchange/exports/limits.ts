/** Above so many rows somebody else has to agree (boundary 8). */
export const freeRows = 100

/** More never leave at once. */
export const mostRows = 10_000

/** Days during which a file can be fetched. */
export const keptDays = 7
