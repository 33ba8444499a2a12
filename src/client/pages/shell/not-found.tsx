import { strings } from '../../i18n/i18n.ts'
import { links } from '../links.ts'
import { Message } from './message.tsx'
import { TopBar } from './top-bar.tsx'

/** Missing and forbidden look alike. */
export const NotFound = () => {
  const t = strings('common')
  return (
    <>
      <TopBar />
      <Message drawing="bus" title={t('notFoundTitle')} text={t('notFoundText')}>
        <a class="btn line" href={links.line}>
          {t('toLine')}
        </a>
      </Message>
    </>
  )
}
