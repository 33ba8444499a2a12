import type { Block } from '../../../shared/domain/article.ts'
import { strings } from '../../i18n/i18n.ts'
import { RunningText, type TermLookup } from './running-text.tsx'

/** The blocks of a text. `lede` draws the first paragraph larger. */
export const ArticleText = ({
  blocks,
  lede,
  termOf,
}: {
  blocks: readonly Block[]
  lede: boolean
  termOf: TermLookup
}) => (
  <>
    {blocks.map((block, index) => (
      <BlockView key={index} block={block} lede={lede && index === 0} termOf={termOf} />
    ))}
  </>
)

const BlockView = ({
  block,
  lede,
  termOf,
}: {
  block: Block
  lede: boolean
  termOf: TermLookup
}) => {
  switch (block.kind) {
    case 'paragraph':
      return (
        <RunningText termOf={termOf} parts={[block.inlines]}>
          {([text]) => <p class={lede ? 'lede' : undefined}>{text}</p>}
        </RunningText>
      )
    case 'list':
    case 'steps': {
      const List = block.kind === 'steps' ? 'ol' : 'ul'
      return (
        <RunningText termOf={termOf} parts={block.items}>
          {(items) => (
            <List class={block.kind === 'steps' ? 'steps' : 'points'}>
              {items.map((item, index) => (
                <li key={index}>{item}</li>
              ))}
            </List>
          )}
        </RunningText>
      )
    }
    case 'heading':
      return block.level === 2 ? <h2>{block.text}</h2> : <h3>{block.text}</h3>
    case 'quote':
      return (
        <blockquote>
          <p>{block.text}</p>
        </blockquote>
      )
    case 'drawing':
      return (
        <figure class="fig">
          {/* Written anew by the server at import: shapes and classes only. */}
          <div aria-hidden="true" dangerouslySetInnerHTML={{ __html: block.svg }} />
          {block.caption && <figcaption>{block.caption}</figcaption>}
        </figure>
      )
    case 'note':
      return <Note note={block} termOf={termOf} />
  }
}

/** A note for a size class is shown to all, under a heading that says for whom it is. */
const Note = ({ note, termOf }: { note: Extract<Block, { kind: 'note' }>; termOf: TermLookup }) => {
  const t = strings('item')
  const forWhom = { note: '', small: t('forSmall'), large: t('forLarge') }[note.tone]
  const headings = [...new Set([forWhom, note.heading])].filter((heading) => heading !== '')
  return (
    <div class="note plain" role="note">
      {headings.map((heading) => (
        <p key={heading} class="note-h">
          {heading}
        </p>
      ))}
      <ArticleText blocks={note.blocks} lede={false} termOf={termOf} />
    </div>
  )
}
