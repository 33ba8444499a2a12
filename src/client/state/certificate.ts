import * as v from 'valibot'
import {
  type IssuedCertificate,
  issuedCertificateSchema,
  type OwnCertificate,
  ownCertificateSchema,
  type VerifiedCertificate,
  verifiedCertificateSchema,
} from '../../shared/domain/certificate.ts'
import type { ErrorCode } from '../../shared/protocol/errors.ts'
import { paths, principalHeader } from '../../shared/protocol/paths.ts'

interface Deps {
  fetch: typeof fetch
}
interface OwnDeps extends Deps {
  principal: string
}
export type Told<T> = { ok: true; value: T } | { ok: false; error: ErrorCode | 'unreachable' }

const patienceMs = 20_000

/** How far one is from the certificate, and the one that has been issued. */
export const readOwnCertificate = (deps: OwnDeps): Promise<Told<OwnCertificate>> =>
  tell(deps, paths.certificate, headersOf(deps), ownCertificateSchema)

export const issueCertificate = (deps: OwnDeps): Promise<Told<IssuedCertificate>> =>
  tell(deps, paths.certificate, { ...headersOf(deps), method: 'POST' }, issuedCertificateSchema)

/** What anybody is told who has the code. */
export const verifyCertificate = (deps: Deps, code: string): Promise<Told<VerifiedCertificate>> =>
  tell(deps, paths.verifiedCertificate(encodeURIComponent(code)), {}, verifiedCertificateSchema)

/** The PDF; null if it did not come. */
export const fetchPaper = async (deps: OwnDeps, language: string): Promise<Blob | null> => {
  try {
    const path = `${paths.certificatePaper}?language=${language}`
    const answer = await deps.fetch(path, headersOf(deps))
    return answer.ok ? await answer.blob() : null
  } catch {
    return null
  }
}

const headersOf = ({ principal }: OwnDeps): RequestInit => ({
  headers: { [principalHeader]: principal },
})

const tell = async <T>(
  { fetch }: Deps,
  path: string,
  init: RequestInit,
  answer: v.GenericSchema<unknown, T>,
): Promise<Told<T>> => {
  try {
    const response = await fetch(path, {
      ...init,
      redirect: 'error', // a captive portal's way to its own page
      signal: AbortSignal.timeout(patienceMs),
    })
    const body: unknown = await response.json()
    if (!response.ok)
      return { ok: false, error: (body as { code?: ErrorCode }).code ?? 'unreachable' }
    const read = v.safeParse(answer, body)
    return read.success ? { ok: true, value: read.output } : { ok: false, error: 'unreachable' }
  } catch {
    return { ok: false, error: 'unreachable' }
  }
}
