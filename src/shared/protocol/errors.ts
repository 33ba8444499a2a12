/** Error codes of the REST API and their HTTP status. Their texts for people live in locales/. */
export const errorStatus = {
  'not-signed-in': 401,
  'wrong-code': 401,
  'code-expired': 401,
  'wrong-link': 404,
  'link-expired': 410,
  'link-closed': 410,
  'link-full': 409,
  'not-found': 404,
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
