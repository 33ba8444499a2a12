import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import type { Inline } from '../../../shared/domain/article.ts'

/** A word's explanation, in the language of the page. */
export interface TermText {
  title: string
  /** The framework's own word, where it differs from the title. */
  framework: string | null
  text: string
}
export type TermLookup = (term: string) => TermText | null

/** Running text whose glossary words open their explanation just below it. */
export const RunningText = ({
  parts,
  termOf,
  children,
}: {
  parts: readonly (readonly Inline[])[]
  termOf: TermLookup
  children: (parts: ComponentChildren[]) => ComponentChildren
}) => {
  const base = useId()
  const [open, setOpen] = useState<string | null>(null)
  const term = open === null ? null : termOf(open)
  const press = (id: string): void => setOpen(open === id ? null : id)
  return (
    <>
      {children(
        parts.map((inlines) =>
          inlines.map((inline, index) => (
            <InlineView
              key={index}
              inline={inline}
              known={inline.kind === 'term' && termOf(inline.term) !== null}
              open={inline.kind === 'term' && inline.term === open}
              panel={base}
              press={press}
            />
          )),
        ),
      )}
      {term && (
        <aside class="gloss" id={base} aria-label={term.title}>
          <p class="gloss-h">{term.title}</p>
          <p>{term.text}</p>
          {term.framework && <p class="hint">{term.framework}</p>}
        </aside>
      )}
    </>
  )
}

const InlineView = ({
  inline,
  known,
  open,
  panel,
  press,
}: {
  inline: Inline
  known: boolean
  open: boolean
  panel: string
  press(term: string): void
}) => {
  switch (inline.kind) {
    case 'text':
      return <>{inline.text}</>
    case 'strong':
      return <b>{inline.text}</b>
    case 'link':
      return (
        <a href={inline.href} rel="noreferrer">
          {inline.text}
        </a>
      )
    case 'term':
      return known ? (
        <button
          type="button"
          class="term"
          aria-expanded={open}
          aria-controls={open ? panel : undefined}
          onClick={() => press(inline.term)}
        >
          {inline.text}
        </button>
      ) : (
        inline.text
      )
  }
}
