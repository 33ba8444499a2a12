/** Gives the browser a text to save under this name. */
export const saveAsFile = (name: string, text: string, type: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Safari has not begun to read it yet.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
