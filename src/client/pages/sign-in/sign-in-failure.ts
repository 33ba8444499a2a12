import { providerFailures } from '../../../shared/domain/sign-in.ts'

const known = [
  'wrong-code',
  'too-many',
  'unreachable',
  'bad-request',
  ...providerFailures,
  'other',
] as const
export type SignInFailure = (typeof known)[number]

/** Whatever the server says, as something that the page has words for. */
export const signInFailureOf = (error: string): SignInFailure =>
  known.find((one) => one === error) ?? 'other'
