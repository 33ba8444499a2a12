/** A small, strict XML reader for drawings: elements, attributes and text. No doctype, CDATA or instructions. */
export interface XmlElement {
  name: string
  line: number
  attributes: { name: string; value: string; line: number }[]
  children: (XmlElement | string)[]
}
export interface XmlMistake {
  line: number
  detail: string
}

const name = '[A-Za-z_][\\w:.-]*'
const openTag = new RegExp(
  `<(${name})((?:\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`,
  'y',
)
const closeTag = new RegExp(`</(${name})\\s*>`, 'y')
const attribute = new RegExp(`(${name})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g')
const comment = /<!--[\s\S]*?-->/y
const declaration = /<\?xml\s[^?]*\?>/y
const characters = /[^<]+/y

export const parseXml = (source: string): XmlElement | XmlMistake => {
  const text = source.replace(/^\uFEFF/, '')
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  const root: XmlElement = { name: '', line: 1, attributes: [], children: [] }
  const open = [root]
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match
  }

  take(declaration)
  while (at < text.length) {
    const line = lineAt(at)
    const start = at
    const parent = open.at(-1) ?? root
    if (take(comment)) continue
    const chars = take(characters)
    if (chars) {
      const plain = decode(chars[0])
      if (plain === null) return { line, detail: 'an entity that XML does not know' }
      if (parent !== root) parent.children.push(plain)
      else if (plain.trim() !== '') return { line, detail: 'text outside the drawing' }
      continue
    }
    const opened = take(openTag)
    if (opened) {
      const [, tag = '', list = '', closed] = opened
      const element: XmlElement = { name: tag, line, attributes: [], children: [] }
      const listStart = start + 1 + tag.length
      for (const match of list.matchAll(attribute)) {
        const value = decode(match[2] ?? match[3] ?? '')
        const place = lineAt(listStart + match.index)
        if (value === null) return { line: place, detail: 'an entity that XML does not know' }
        element.attributes.push({ name: match[1] ?? '', value, line: place })
      }
      if (new Set(element.attributes.map((one) => one.name)).size < element.attributes.length) {
        return { line, detail: `an attribute of <${tag}> stands twice` }
      }
      parent.children.push(element)
      if (!closed) open.push(element)
      continue
    }
    const closed = take(closeTag)
    if (!closed) return { line, detail: 'only elements, attributes, text and comments are read' }
    if (parent === root || closed[1] !== parent.name) {
      return { line, detail: `</${closed[1]}> closes nothing` }
    }
    open.pop()
  }
  const unclosed = open.at(-1)
  if (unclosed && unclosed !== root) {
    return { line: unclosed.line, detail: `<${unclosed.name}> is not closed` }
  }
  const [only, more] = root.children
  if (!only || typeof only === 'string' || more) return { line: 1, detail: 'one root element' }
  return only
}

/** Written anew from what was understood, so that a browser cannot read it as something else. */
export const writeXml = ({ name, attributes, children }: XmlElement): string => {
  const list = attributes.map((one) => ` ${one.name}="${encode(one.value)}"`).join('')
  const inner = children
    .map((child) => (typeof child === 'string' ? encode(child) : writeXml(child)))
    .join('')
  return inner === '' ? `<${name}${list}/>` : `<${name}${list}>${inner}</${name}>`
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Null for an entity that XML does not define. */
const decode = (text: string): string | null => {
  let known = true
  const plain = text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));|&/g, (_, decimal, hex, word) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null
    const character =
      code === null
        ? entities[word ?? '']
        : code <= 0x10ffff
          ? String.fromCodePoint(code)
          : undefined
    if (character === undefined) known = false
    return character ?? ''
  })
  return known ? plain : null
}

const encode = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c,
  )
