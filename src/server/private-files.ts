import { closeSync, mkdirSync, openSync } from 'node:fs'

// The database holds what people have written: on this machine, too, only the user that the server runs as reads it. What is there
// already keeps the rights that somebody has given it.

export const makePrivateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/** For SQLite, which makes its files readable by all, and the log beside one as the file is. Before it opens it. */
export const makePrivateFile = (file: string): void => closeSync(openSync(file, 'a', 0o600))
