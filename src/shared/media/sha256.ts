/** SHA-256 in hexadecimal by the platform's own cryptography, which hashes beside the page. */
export const sha256By =
  (subtle: {
    digest(algorithm: 'SHA-256', bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
  }): ((bytes: Uint8Array<ArrayBuffer>) => Promise<string>) =>
  async (bytes) =>
    Array.from(new Uint8Array(await subtle.digest('SHA-256', bytes)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('')
