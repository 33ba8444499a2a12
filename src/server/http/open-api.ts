import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { type Access, needsNobody } from '../../shared/domain/policy.ts'
import { type ErrorCode, errorStatus } from '../../shared/protocol/errors.ts'
import type { AnswerShape, BodyShape, RouteSpec } from './route.ts'

type Json = Record<string, unknown>

/** The API as OpenAPI 3.1 describes it, made from the declarations by which its requests are checked. */
export const openApi = (
  declared: readonly RouteSpec[],
  { version, cookie }: { version: string; cookie: string },
): Json => {
  const byPath: Record<string, Json> = {}
  for (const spec of declared) {
    const path = braced(spec.path)
    byPath[path] = { ...byPath[path], [spec.method.toLowerCase()]: operation(spec) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Løft',
      version,
      description:
        'What is missing and what is out of reach answer alike: 404. Failures are { code, message }.',
    },
    paths: byPath,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookie } },
      schemas: {
        Failure: {
          type: 'object',
          required: ['code', 'message'],
          properties: {
            code: { enum: Object.keys(errorStatus) },
            message: { type: 'string' },
          },
        },
      },
    },
  }
}

/** `/a/:b(^[0-9]+)` as `/a/{b}` */
const braced = (path: string): string => path.replaceAll(/:(\w+)(\([^)]*\))?/g, '{$1}')

const operation = (spec: RouteSpec): Json => {
  const { access, summary, body, answer } = spec
  const parameters = [...parametersIn('path', spec.params), ...parametersIn('query', spec.query)]
  return {
    summary,
    operationId: `${spec.method.toLowerCase()}${spec.path.replaceAll(/\([^)]*\)|[^a-zA-Z0-9]+/g, '_')}`,
    tags: [access[0]],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: contentOf(body) } }),
    responses: {
      ...success(answer),
      ...failures(access),
    },
    security: needsNobody(access) ? [] : [{ session: [] }],
  }
}

const success = (answer: AnswerShape): Json => {
  if (answer === 'nothing') return { 204: { description: 'done' } }
  return { 200: { description: 'done', content: contentOf(answer) } }
}

const contentOf = (shape: BodyShape | Exclude<AnswerShape, 'nothing'>): Json =>
  'kind' in shape
    ? { 'application/json': { schema: schemaOf(shape, 'input') } }
    : { [shape.type]: { schema: { type: 'string', format: 'binary' } } }

const failures = (access: Access): Json => {
  const codes: ErrorCode[] = ['bad-request', 'not-found', 'too-many']
  if (!needsNobody(access)) codes.push('not-signed-in')
  return Object.fromEntries(
    codes.map((code) => [
      errorStatus[code],
      {
        description: code,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
      },
    ]),
  )
}

const parametersIn = (place: 'path' | 'query', schema: RouteSpec['params']): Json[] => {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: one,
  }))
}

/** What a schema asks beyond JSON Schema (`check`, transformations) is left out of the description, not out of the check. */
const schemaOf = (schema: v.GenericSchema, typeMode: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = toJsonSchema(schema, { errorMode: 'ignore', typeMode })
  return rest
}
