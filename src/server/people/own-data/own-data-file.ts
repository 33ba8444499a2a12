import { type OwnDocument, type OwnFacts, ownDataFormat } from '../../../shared/domain/own-data.ts'

/** The file of shared/domain/own-data.ts, a document at a time. */
export async function* ownDataFile(
  facts: OwnFacts,
  words: AsyncIterable<OwnDocument>,
  now: number,
): AsyncGenerator<string> {
  const head = JSON.stringify({ ...ownDataFormat, madeAt: new Date(now).toISOString(), ...facts })
  yield `${head.slice(0, -1)},"words":[`
  let separator = '\n'
  for await (const document of words) {
    yield `${separator}${JSON.stringify(document)}`
    separator = ',\n'
  }
  yield '\n]}\n'
}
