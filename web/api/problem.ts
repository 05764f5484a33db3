/** A problem document (RFC 9457) as the server sends it; `title` and `detail` come in the language asked for. */
export type ProblemDocument = {
  code: string
  title: string
  status: number
  detail?: string
  instance?: string
  field?: string
  expected?: string
  errors?: { field: string; message: string }[]
}

/** The server answered and said no. Sending the same again changes nothing. */
export class Refused extends Error {
  readonly problem: ProblemDocument

  constructor(problem: ProblemDocument) {
    super(problem.detail ?? problem.title)
    this.name = 'Refused'
    this.problem = problem
  }
}

/** No answer, or one from something in between: nothing is known about what became of it. Sending again is safe (RQ3). */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('no answer from the server', { cause })
    this.name = 'Unreachable'
  }
}

/** The code of a refusal, to decide by; undefined for everything else. */
export function refusalCode(error: unknown): string | undefined {
  return error instanceof Refused ? error.problem.code : undefined
}
