/** For this long a start waits for a database: WebKit leaves some silent after a suspension. */
export const databaseMs = 4000

/** The value, or null when it fails or is not there in time. */
export const orNullAfter = async <T>(ms: number, value: PromiseLike<T>): Promise<T | null> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms)
  })
  try {
    return await Promise.race([value, silence])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
