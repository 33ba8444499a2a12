import type { FastifyInstance, FastifyReply } from 'fastify'
import { type ErrorAnswer, type ErrorCode, errorStatus } from '../../shared/protocol/errors.ts'
import { Refusal } from '../refusal.ts'

export { Refusal }

export const refuse = (reply: FastifyReply, code: ErrorCode, message: string): FastifyReply =>
  reply.code(errorStatus[code]).send({ code, message } satisfies ErrorAnswer)

/** After which something that took too long may be asked for again. */
const busySeconds = 10

/** What a log may hold of an error: where it was. Its message may quote the value that could not be read, and begins the stack. */
export const tellable = ({
  name,
  message,
  stack = '',
}: Error): { name: string; stack: string } => ({
  name,
  stack: (stack.replace(message, () => '').match(/^ +at .*$/gm) ?? []).join('\n'),
})

interface HttpError extends Error {
  statusCode?: number
  headers?: Record<string, string>
}

/** One handler turns every failure into `{ code, message }`; what people wrote never reaches a log. */
export const handleErrors = (app: FastifyInstance): void => {
  app.setNotFoundHandler((_request, reply) => refuse(reply, 'not-found', 'nothing here'))
  app.setErrorHandler((error: HttpError, request, reply) => {
    if (error instanceof Refusal) {
      if (error.code === 'busy') reply.header('retry-after', busySeconds)
      return refuse(reply, error.code, error.message)
    }
    if (error.statusCode === 413) return refuse(reply, 'too-large', 'request too large')
    // A player asks for bytes behind the end of a film: Content-Range tells it the size.
    if (error.statusCode === 416)
      return reply
        .code(416)
        .headers(error.headers ?? {})
        .send()
    if (error.statusCode === 429) return refuse(reply, 'too-many', 'too many tries, wait a little')
    // Some say what they were sent.
    if (error.statusCode === 415) return refuse(reply, 'bad-request', 'no such type or encoding')
    if (error.statusCode && error.statusCode < 500) {
      return refuse(reply, 'bad-request', error.message)
    }
    request.log.error(tellable(error), 'unexpected failure')
    return refuse(reply, 'server-error', 'something failed here; nothing of yours is lost')
  })
}
