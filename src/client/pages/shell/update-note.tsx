import { useEffect, useState } from 'preact/hooks'
import { strings } from '../../i18n/i18n.ts'
import { type UpdateOffer, useShell } from '../../state/shell.ts'

const demanded = { kind: 'demanded' } as const

const textsByKind = {
  waiting: { title: 'updateTitle', text: 'updateText' },
  demanded: { title: 'outdatedTitle', text: 'outdatedText' },
  taken: { title: 'takenTitle', text: 'takenText' },
  missing: { title: 'missingTitle', text: 'missingText' },
  unreachable: { title: 'missingTitle', text: 'unreachableText' },
} as const

/** Offers a new version, or this page whole again; nothing is loaded anew before the person says so. */
export const UpdateNote = () => {
  const { update, start } = useShell()
  const [putOff, setPutOff] = useState<readonly (UpdateOffer | typeof demanded | null)[]>([])
  const t = strings('common')
  const offer = update.offer.value
  const started = start.value
  const isDemanded =
    started.kind === 'ready' && started.services.words.pending.value.connection === 'outdated'
  useEffect(() => {
    if (isDemanded) void update.check()
  }, [isDemanded, update])
  // The server takes nothing from this version any more: that is said in place of a quiet offer, and after «Seinare» too.
  const quiet = isDemanded && offer?.kind === 'waiting'
  const shown = [quiet ? null : offer, isDemanded ? demanded : null].find(
    (each) => each !== null && !putOff.includes(each),
  )
  if (!shown) return null
  const { title, text } = textsByKind[shown.kind]
  const isBroken = shown.kind === 'missing' || shown.kind === 'unreachable'
  const action = offer?.kind === 'waiting' ? 'updateUse' : offer ? 'reload' : 'outdatedGet'
  return (
    <section class="note plain update" aria-labelledby="update-title">
      <h2 id="update-title" class="h-s">
        {t(title)}
      </h2>
      <p role={isBroken ? 'alert' : undefined}>{t(text)}</p>
      <div class="row">
        <button
          type="button"
          class="btn small"
          onClick={() => void (offer ? update.use() : update.check())}
        >
          {t(action)}
        </button>
        <button
          type="button"
          class="btn line small"
          onClick={() => setPutOff([...putOff, offer, shown])}
        >
          {t('updateLater')}
        </button>
      </div>
    </section>
  )
}
