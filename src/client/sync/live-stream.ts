export interface ServerEvent {
  event: string
  data: string
}

/** No event of ours comes near: something else answers, and memory is not given to it. Characters. */
const longestEvent = 1024 * 1024

/**
 * Reads server-sent events out of a stream's chunks, which may be cut anywhere, within a character or a line's end. What
 * the stream breaks off in the middle of is not an event. Throws if one grows beyond all measure.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export const createEventReader = (
  heard: (event: ServerEvent) => void,
): ((chunk: Uint8Array) => void) => {
  const decoder = new TextDecoder() // takes a byte order mark away
  let rest = ''
  let endedWithCr = false
  let event = ''
  let data: string[] = []
  let length = 0

  const takeLine = (line: string): void => {
    // 1. A blank line ends an event; without data there is none.
    if (line === '') {
      if (data.length > 0) heard({ event: event || 'message', data: data.join('\n') })
      event = ''
      data = []
      length = 0
      return
    }
    // 2. `field: value`, where one blank after the colon does not count; a line that begins with a colon is a comment.
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    if (field === 'data') data.push(value)
    // `id` and `retry`: what was missed is asked for by cursors, and the waiting is ours.
    length += line.length
  }

  return (chunk) => {
    let text = decoder.decode(chunk, { stream: true })
    if (text === '') return
    // A line ends with CR LF, LF or CR; the LF of the first may be in the next chunk.
    if (endedWithCr && text.startsWith('\n')) text = text.slice(1)
    endedWithCr = text === '' ? false : text.endsWith('\r')
    const lines = (rest + text).split(/\r\n|\n|\r/)
    rest = lines.pop() ?? ''
    for (const line of lines) takeLine(line)
    if (rest.length + length > longestEvent) throw new Error('this is no stream of ours')
  }
}
