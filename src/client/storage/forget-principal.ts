/** Whatever else this browser has under the name of a principal: keys of localStorage, and databases. */
export const forgetPrincipal = async (
  browser: { localStorage: Storage | null; indexedDB: IDBFactory },
  principal: string,
): Promise<void> => {
  const { indexedDB } = browser
  try {
    for (const key of Object.keys(browser.localStorage ?? {}))
      if (key.includes(principal)) browser.localStorage?.removeItem(key)
  } catch {
    // Refused to this page: then nothing of theirs is in it.
  }
  // Firefox before 126 tells of none: the words' own has been emptied already.
  const databases = (await indexedDB.databases?.().catch(() => [])) ?? []
  for (const { name } of databases) if (name?.includes(principal)) indexedDB.deleteDatabase(name)
}
