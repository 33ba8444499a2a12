import { useEffect, useState } from 'preact/hooks'

/** Width and height, so that nothing moves when the drawing comes. */
const sizes = {
  bus: [190, 84],
  'cabin-lamp': [170, 92],
  ferry: [200, 82],
  forde: [236, 104],
  stord: [236, 104],
  table: [200, 112],
  train: [216, 84],
} as const
export type DrawingName = keyof typeof sizes

export const isDrawing = (name: string | null): name is DrawingName =>
  name !== null && Object.hasOwn(sizes, name)

/** One of the look's line drawings, in the colours of the page. Decoration only. */
export const Drawing = ({ name, width }: { name: DrawingName; width?: number }) => {
  const [svg, setSvg] = useState('')
  useEffect(() => {
    let shown = true
    void readDrawing(name).then((read) => {
      if (shown) setSvg(read)
    })
    return () => {
      shown = false
    }
  }, [name])
  const [w, h] = sizes[name]
  return (
    <span
      class="drawing"
      aria-hidden="true"
      style={{ width: `${width ?? w}px`, aspectRatio: `${w} / ${h}` }}
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  )
}

/** Files of their own, since the code of the first load is counted; without network and cache the page stands without. */
const addressByFile = import.meta.glob<string>('./drawings/*.svg', {
  query: '?url',
  import: 'default',
  eager: true,
})

const readDrawing = async (name: DrawingName): Promise<string> => {
  try {
    const answer = await fetch(addressByFile[`./drawings/${name}.svg`] ?? '')
    const isDrawn = answer.ok && answer.headers.get('content-type')?.startsWith('image/svg')
    return isDrawn ? await answer.text() : ''
  } catch {
    return ''
  }
}
