import { strings } from '../../i18n/i18n.ts'

/** Instead of a page whose code could not be had. */
export const Unreachable = () => (
  <main id="content">
    <h1>{strings('common')('startFailedTitle')}</h1>
    <p class="lede">{strings('common')('unreachableText')}</p>
    <button type="button" class="btn" onClick={() => location.reload()}>
      {strings('common')('tryAgain')}
    </button>
  </main>
)
