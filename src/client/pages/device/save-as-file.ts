/** Gives the browser a text, or bytes, to save under this name. */
export const saveAsFile = (name: string, content: BlobPart, type: string): void => {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Safari has not begun to read it yet.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
