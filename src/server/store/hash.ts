import { hash } from 'node:crypto'

/** Hexadecimal SHA-256. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex')
