import type { Place, ProblemCode, Problems } from './problem.ts'
import { parseXml, writeXml, type XmlElement } from './xml.ts'

const elements = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan title desc defs'.split(' '),
)
const geometry =
  'd x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform viewBox preserveAspectRatio pathLength'
const presentation =
  'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit ' +
  'stroke-dasharray stroke-dashoffset opacity color paint-order font-family font-size font-weight font-style ' +
  'letter-spacing word-spacing text-anchor dominant-baseline alignment-baseline vector-effect'
const properties = new Set(presentation.split(' '))
const attributes = new Set(
  [geometry, presentation, 'class style role aria-hidden aria-label xml:space']
    .join(' ')
    .split(' '),
)

/** Plain values only: no url(), no escape that could spell it, nothing that ends a declaration. */
const plainValue = /^(?!.*(?:url|expression|image|src)\s*\()[^\\<>{};@]*$/is
/** `.d` and its parts: the page has these classes itself, light and dark. */
const lookSelector = /^\.(?:d|f0|f1|f2|fs|fw|fl|fd|thin|soft|n)$/

/**
 * A drawing that may stand inside the page: shapes and plain text, written anew; null when anything else is in it.
 * A <style> with the look's own classes lets the file be seen on its own and is left out here.
 */
export const readSvg = (file: string, text: string, problems: Problems): string | null => {
  const root = parseXml(text)
  if ('detail' in root) {
    problems.add({ file, line: root.line }, 'svg-syntax', { detail: root.detail })
    return null
  }
  let allowed = true
  const refuse: Refuse = (line, code, values) => {
    allowed = false
    problems.add({ file, line }, code, values)
  }
  if (root.name !== 'svg') refuse(root.line, 'svg-element', { name: root.name })
  const clean = checkElement(root, refuse)
  return allowed ? writeXml(clean) : null
}

type Refuse = (line: Place['line'], code: ProblemCode, values: Record<string, string>) => void

const checkElement = (element: XmlElement, refuse: Refuse): XmlElement => {
  for (const { name, value, line } of element.attributes) {
    if (name === 'xmlns' && value === 'http://www.w3.org/2000/svg') continue
    if (!attributes.has(name)) refuse(line, 'svg-attribute', { name, element: element.name })
    else if (name === 'style') checkDeclarations(value, line, refuse)
    else if (!plainValue.test(value)) refuse(line, 'svg-value', { name, value })
  }
  const children = element.children.flatMap((child): (XmlElement | string)[] => {
    if (typeof child === 'string') return [child]
    if (child.name === 'style') {
      checkStyleElement(child, refuse)
      return []
    }
    if (elements.has(child.name)) return [checkElement(child, refuse)]
    refuse(child.line, 'svg-element', { name: child.name })
    return []
  })
  return { ...element, children }
}

const checkDeclarations = (style: string, line: number, refuse: Refuse): void => {
  for (const declaration of style.split(';').map((one) => one.trim())) {
    if (declaration === '') continue
    const [, property = '', value = '\\'] = /^([\w-]+)\s*:(.*)$/s.exec(declaration) ?? []
    if (!properties.has(property) || !plainValue.test(value)) {
      refuse(line, 'svg-style', { detail: declaration })
    }
  }
}

const checkStyleElement = ({ children, line }: XmlElement, refuse: Refuse): void => {
  const rest = children
    .map(String)
    .join('')
    .replace(/([^{}]*)\{([^{}]*)\}/g, (_, selectors, body) => {
      for (const selector of selectors.split(/[\s,]+/).filter(Boolean)) {
        if (!lookSelector.test(selector)) refuse(line, 'svg-style', { detail: selector })
      }
      checkDeclarations(body, line, refuse)
      return ''
    })
  if (rest.trim() !== '') refuse(line, 'svg-style', { detail: rest.trim() })
}
