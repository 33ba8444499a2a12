import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import {
  issuedCertificateSchema,
  ownCertificateSchema,
  verifiedCertificateSchema,
} from '../../shared/domain/certificate.ts'
import { languageSchema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import {
  type IssueFailure,
  issueCertificate,
  readIssued,
  readOwnCertificate,
  verifyCertificate,
} from '../certificate/certificates.ts'
import { certificatePaper } from '../certificate/paper.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { sessionToken } from './session-cookie.ts'

const inLanguage = v.strictObject({ language: v.optional(languageSchema, 'nn') })

/** How far one is from the certificate, the paper, and whether somebody's paper is true. */
export const certificateRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  // Each reads all of somebody's progress, or draws a paper.
  const seldom = {
    max: 60,
    perMs: 600_000,
    by: (request: FastifyRequest) => sessionToken(request) ?? request.ip,
  }

  route(app, deps, {
    method: 'GET',
    path: paths.certificate,
    access: ['certificate', 'issue'],
    summary: 'How far one is from the certificate, and the one that has been issued',
    answer: ownCertificateSchema,
    limit: seldom,
    handle: async ({ reply, person }) => {
      reply.header('cache-control', 'no-store')
      return orRefuse(await readOwnCertificate(deps, person))
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.certificate,
    access: ['certificate', 'issue'],
    summary: 'Issue one’s certificate; again, when more is done, it says more under the same code',
    answer: issuedCertificateSchema,
    limit: seldom,
    handle: async ({ reply, person }) => {
      reply.header('cache-control', 'no-store')
      return orRefuse(await issueCertificate(deps, person))
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.certificatePaper,
    access: ['certificate', 'issue'],
    summary: 'One’s certificate as PDF',
    query: inLanguage,
    answer: { type: 'application/pdf' },
    limit: seldom,
    handle: async ({ request, reply, person, query: { language } }) => {
      const certificate = await readIssued(deps.db, person)
      if (!certificate) throw new Refusal('not-met', 'none has been issued')
      const checkedAt = `${hostOf(deps.publicOrigin) ?? request.host}/kursbevis`
      const paper = await certificatePaper({ certificate, language, checkedAt })
      reply
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="kursbevis.pdf"')
      return reply.type('application/pdf').send(Buffer.from(paper))
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.verifiedCertificate(':code'),
    access: ['certificate', 'verify'],
    summary: 'What a certificate says, for whoever has its code',
    params: v.strictObject({ code: v.pipe(v.string(), v.maxLength(80)) }),
    answer: verifiedCertificateSchema,
    limit: { max: 60, perMs: 60_000, quiet: true },
    handle: async ({ reply, params: { code } }) => {
      reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
      const verified = await verifyCertificate(deps.db, code)
      if (!verified) throw notFound()
      return verified
    },
  })
}

const hostOf = (origin: string | null): string | null => origin && new URL(origin).host

const orRefuse = <T extends object>(result: T | IssueFailure): T => {
  switch (result) {
    case 'not-found':
      throw notFound()
    case 'busy':
      throw new Refusal('busy', 'too much to read now, try again soon')
    case 'not-met':
      throw new Refusal('not-met', 'not enough is done yet')
    case 'unreadable':
      throw new Refusal('server-error', 'the progress cannot be read')
    default:
      return result as T
  }
}
