import { strings } from '../../i18n/i18n.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { CardForm } from './card-form.tsx'
import { CardView } from './card-view.tsx'
import { Library } from './library.tsx'
import { useCards } from './use-cards.ts'

/** What groups share: the library, one card, and where one is written. */
export const CardsPage = ({ part, id }: { part?: string; id?: string }) => {
  const cards = useCards()
  const t = strings('cards')
  useTitle(t(part === 'skriv' ? 'write' : 'shared'))
  return (
    <>
      <TopBar
        current="shared"
        back={
          part
            ? { href: links.shared, label: t('shared') }
            : { href: links.line, label: strings('common')('line') }
        }
      />
      <main id="content" class="wrap cards">
        {cards && part === 'skriv' && id && <CardForm key={id} cards={cards} id={id} />}
        {cards && part === 'kort' && id && <CardView key={id} cards={cards} id={id} />}
        {cards && part !== 'skriv' && part !== 'kort' && <Library cards={cards} />}
      </main>
    </>
  )
}
