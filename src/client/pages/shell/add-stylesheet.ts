/** Resolves too when it cannot be had: what the page is made of can be read without. */
export const addStylesheet = (href: string): Promise<unknown> =>
  new Promise((done) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = href
    link.onload = done
    link.onerror = done
    document.head.append(link)
  })
