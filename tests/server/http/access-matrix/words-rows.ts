import {
  decodeCheckAnswer,
  encodeCheckRequest,
} from '../../../../src/shared/protocol/check-frames.ts'
import { decodeAnswer } from '../../../../src/shared/protocol/frames.ts'
import { paths } from '../../../../src/shared/protocol/paths.ts'
import { frame } from '../../sync/sync-client.ts'
import { everybody, everyPerson, type Row, type Rows } from './row.ts'
import { type Things, task } from './world.ts'

const octets = { 'content-type': 'application/octet-stream' }

/** Own words are the person's alone, whatever roles others have; a group's are its members'. */
const ofScope = (
  row: (scope: (things: Things) => string) => Omit<Row, 'may' | 'targets'>,
): Row[] => [
  {
    may: everyPerson('own'),
    targets: ['own', 'cohort', 'network', 'other', 'missing'],
    ...row(({ personScope }) => personScope),
  },
  {
    may: { participant: 'group', tablet: 'group' },
    targets: ['group', 'cohort', 'network', 'other', 'missing'],
    ...row(({ groupScope }) => groupScope),
  },
]

export const words: Rows = {
  [`POST ${paths.sync}`]: ofScope((scope) => ({
    ask: (things) => ({ payload: frame([{ id: scope(things) }]), headers: octets }),
    reached: ({ rawPayload }) => decodeAnswer(rawPayload).scopes[0]?.status === 'ok',
    erasedToo: true,
  })),
  [`POST ${paths.syncCheck}`]: ofScope((scope) => ({
    ask: (things) => ({
      payload: Buffer.from(encodeCheckRequest({ scope: scope(things), docs: [] })),
      headers: octets,
    }),
    reached: ({ rawPayload }) => decodeCheckAnswer('', rawPayload).status === 'ok',
    erasedToo: true,
  })),
  [`GET ${paths.history}`]: ofScope((scope) => ({
    ask: (things) => ({
      path: `${paths.history}?doc=${encodeURIComponent(`${scope(things)}/${task}`)}`,
    }),
  })),
  [`GET ${paths.events}`]: ofScope((scope) => ({
    ask: (things) => ({
      path: `${paths.events}?device=a-device&at=${encodeURIComponent(`${scope(things)},0,0`)}`,
      payloadAsStream: true,
    }),
  })),
  [`POST ${paths.presence}`]: ofScope((scope) => ({
    ask: (things) => ({
      payload: { scope: scope(things), device: 'a-device', doc: null, label: 'AB', role: null },
    }),
    answer: 204,
  })),
  [`GET ${paths.held}`]: {
    may: everybody('own'),
    targets: ['own'],
    ask: () => ({}),
  },
}
