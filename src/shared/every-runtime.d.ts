// What browsers, workers and Node have alike, beyond the language itself.
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: Uint8Array): string
}
declare class Blob {
  constructor(parts?: readonly Uint8Array<ArrayBuffer>[])
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}
declare function atob(text: string): string
declare function btoa(text: string): string
