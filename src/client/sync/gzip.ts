export type Gzip = (bytes: Uint8Array) => Promise<Uint8Array>

/** The browser's; null where it has none. */
export const browserGzip = (): Gzip | null =>
  typeof CompressionStream === 'undefined'
    ? null
    : async (bytes) => {
        const { writable, readable } = new CompressionStream('gzip')
        const writer = writable.getWriter()
        const writing = [writer.write(bytes as Uint8Array<ArrayBuffer>), writer.close()]
        const [zipped] = await Promise.all([new Response(readable).arrayBuffer(), ...writing])
        return new Uint8Array(zipped)
      }
