import {
  encodeHandingIn,
  handedInKey,
  handingInOf,
  wordsFingerprint,
} from '../../../shared/words/handing-in.ts'
import { scalarStateKey } from '../../../shared/words/roots.ts'
import { type Answering, savingOf } from '../../components/fields/answering.ts'
import { writerName } from '../../components/fields/seal.tsx'
import { Icon } from '../../components/icon.tsx'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { formatMoment } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'

/** A group hands its sheet in, and again when the words have changed; without a network it is sent later. */
export const HandIn = ({ answering }: { answering: Answering }) => {
  const { now } = useServices()
  const box = useKeptFocus<HTMLElement>()
  const t = strings('task')
  const { document, writer } = answering
  const plain = document.plain.value
  const handed = handingInOf(plain)
  const isChanged = handed !== null && handed.words !== wordsFingerprint(plain)
  const isSent = savingOf(document, scalarStateKey(handedInKey)).kind === 'sent'
  if (handed === null && Object.keys(plain.texts).length === 0) return null

  const handIn = (): void => {
    const id = crypto.randomUUID().slice(0, 13)
    const words = wordsFingerprint(document.plain.peek())
    document.setScalar(
      handedInKey,
      encodeHandingIn({ id, at: now.peek(), label: writerName(writer), words }),
    )
  }
  return (
    <section class="hand-in" ref={box} tabIndex={-1} aria-label={t('handIn')}>
      <div role="status">
        {handed && (
          <p class={`state ${isSent ? 'sent' : 'unsent'}`}>
            <Icon name={isSent ? 'mail' : 'unsent'} />
            <span>
              {isSent
                ? t('handedIn', {
                    when: formatMoment(handed.at),
                    name: writerName({ label: handed.label, role: null }),
                  })
                : t('handingIn')}
            </span>
          </p>
        )}
        {isChanged && <p class="hand-in-changed">{t('changedAfter')}</p>}
      </div>
      {(handed === null || isChanged) && (
        <>
          <button type="button" class="btn line full" onClick={handIn}>
            <Icon name="mail" />
            {t(handed === null ? 'handIn' : 'handInAgain')}
          </button>
          <p class="hint">{t('handInHint')}</p>
        </>
      )}
    </section>
  )
}
