import type { ItemText } from '../../../shared/domain/article.ts'
import { ArticleText } from '../../components/article-text/article-text.tsx'
import type { TermLookup } from '../../components/article-text/running-text.tsx'
import { Icon } from '../../components/icon.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { ItemTextState } from './use-item-text.ts'

/** The running text of an item, or what to do when it is not on this device. */
export const ItemTextView = ({ state, lede }: { state: ItemTextState; lede: boolean }) => {
  const termOf = useTerms()
  switch (state.kind) {
    case 'loading':
      return <p class="mute late">{strings('item')('loading')}</p>
    case 'missing':
      return <MissingText retry={state.retry} />
    case 'here':
      return <ArticleText blocks={state.text.blocks} lede={lede} termOf={termOf} />
  }
}

export const textOf = (state: ItemTextState): ItemText | null =>
  state.kind === 'here' ? state.text : null

const MissingText = ({ retry }: { retry(): void }) => {
  const t = strings('item')
  return (
    <div class="note plain" role="status">
      <div class="row">
        <Icon name="offline" />
        <div>
          <p class="note-h">{t('textMissing')}</p>
          <p class="s2">{t('textMissingHint')}</p>
          <button type="button" class="btn line small" onClick={retry}>
            {strings('common')('tryAgain')}
          </button>
        </div>
      </div>
    </div>
  )
}

const useTerms = (): TermLookup => {
  const { framework } = useServices().outline
  return (id) => {
    const found = framework.glossary.find((one) => one.id === id)
    if (!found) return null
    const title = local(found.title)
    const differs = found.term && found.term.toLowerCase() !== title.toLowerCase()
    return {
      title,
      text: local(found.text),
      framework: differs ? strings('item')('inFramework', { term: found.term }) : null,
    }
  }
}
