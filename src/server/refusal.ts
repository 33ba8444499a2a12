import type { ErrorCode } from '../shared/protocol/errors.ts'

/** A failure that was expected, on its way to the answer. */
export class Refusal extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
