import type { ComponentChildren } from 'preact'
import { Drawing, type DrawingName } from '../../components/drawing.tsx'

/** A whole page that says one thing and offers one way on. */
export const Message = ({
  drawing,
  title,
  text,
  children,
}: {
  drawing: DrawingName
  title: string
  text: string
  children?: ComponentChildren
}) => (
  <main id="content" class="wrap message">
    <Drawing name={drawing} />
    <h1>{title}</h1>
    <p class="lede">{text}</p>
    {children}
  </main>
)
