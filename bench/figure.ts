/** What a bench prints: a value, and where there is one the target that it is held against. */
export type Figure = {
  name: string
  value: number
  unit: string
  target?: number
  better?: 'lower' | 'higher'
}

/** How a bench was asked for; `of('csv')` is what stands after `--csv`. */
export type Options = { scale: string; of(name: string): string | undefined }

export type Bench = (options: Options) => Promise<Figure[]>
