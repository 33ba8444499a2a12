/** Tells when this page's writing transactions were complete: what the words show of it comes a little later. */
export const watchCompletions = (): { last(): number } => {
  let last = 0
  const begin = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores, mode, options) {
    const transaction = begin.call(this, stores, mode, options)
    if (mode === 'readwrite')
      transaction.addEventListener('complete', () => {
        last = performance.now()
      })
    return transaction
  }
  return { last: () => last }
}
