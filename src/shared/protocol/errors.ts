/** Error codes of the REST API and their HTTP status. Their texts for people live in locales/. */
export const errorStatus = {
  'not-signed-in': 401,
  /** Somebody has signed this device out from another one of theirs. */
  'signed-out': 401,
  'wrong-code': 401,
  'code-expired': 401,
  'wrong-link': 404,
  'link-expired': 410,
  'link-closed': 410,
  'link-full': 409,
  'no-provider': 404,
  'provider-down': 503,
  'not-found': 404,
  'last-administrator': 409,
  'address-taken': 409,
  /** A cohort cannot have fewer seats than are taken. */
  'over-capacity': 409,
  /** Of a cohort's programme; or it is older than the one that it follows. */
  'no-such-version': 409,
  /** Somebody has changed it since it was read. */
  'changed-meanwhile': 412,
  /** Of a gathering: a last day or times without a first day; days or times in the wrong order. */
  'no-first-day': 409,
  'ends-before-start': 409,
  /** Not enough is done for the certificate. */
  'not-met': 409,
  'too-large': 413,
  'bad-request': 400,
  'unknown-version': 426,
  'too-many': 429,
  'server-error': 500,
  busy: 503,
} as const
export type ErrorCode = keyof typeof errorStatus

export interface ErrorAnswer {
  code: ErrorCode
  /** For logs and developers, English. */
  message: string
}
