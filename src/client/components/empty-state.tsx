import type { ComponentChildren } from 'preact'
import { Drawing, type DrawingName } from './drawing.tsx'

/** A drawing, what it is, what is safe, and at most one way on. */
export const EmptyState = ({
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
  <section class="empty">
    <Drawing name={drawing} />
    <h2 class="h-s">{title}</h2>
    <p class="mute">{text}</p>
    {children}
  </section>
)
