/** Scope of a person's own words in one programme run. */
export const personScope = (person: string, run: string): string => `u:${person}:${run}`
/** Scope of what a leadership or service-area group writes together. */
export const groupScope = (group: string): string => `g:${group}`
/** Deterministic, so that two offline devices make the same document. */
export const documentId = (scope: string, task: string): string => `${scope}/${task}`

export const isGroupScope = (scope: string): boolean => scope.startsWith('g:')

/** Scope and task of a document id; null if it is none. */
export const splitDocumentId = (id: string): { scope: string; task: string } | null => {
  const at = id.indexOf('/')
  return at > 0 && at < id.length - 1 ? { scope: id.slice(0, at), task: id.slice(at + 1) } : null
}

/** The task id of a person's progress document. */
export const progressTask = 'progress'
