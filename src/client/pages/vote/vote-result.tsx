import { useEffect, useState } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { VoteResult as Told } from '../../../shared/domain/vote-answer.ts'
import { VotePictures } from '../../components/vote-pictures.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { readVote } from '../../state/vote.ts'

/** Under a vote: what everybody's answers come to, as soon as it may be told. */
export const VoteResult = ({ item }: { item: OutlineItem }) => {
  const { server, me, words } = useServices()
  const t = strings('vote')
  const [told, setTold] = useState<Told | 'none' | null>(null)
  const { connection, sentAt } = words.pending.value
  const [asked, setAsked] = useState(0)
  // Asked again when own words have been sent, or by hand.
  useEffect(() => {
    let isShown = true
    void readVote({ ...server, principal: me.principal }, item.id).then((answer) => {
      if (isShown) setTold((before) => answer ?? (before && before !== 'none' ? before : 'none'))
    })
    return () => {
      isShown = false
    }
  }, [server, me.principal, item.id, connection, sentAt, asked])
  const isAny = told !== null && told !== 'none' && told.fields.some((one) => one.told !== null)
  return (
    <section class="vote-result" aria-labelledby="vote-result">
      <h2 id="vote-result">{t('result')}</h2>
      <p class="hint">{t('resultHint')}</p>
      {told === 'none' && <p class="note plain">{t('resultOffline')}</p>}
      {told !== null && told !== 'none' && !isAny && <p class="note plain">{t('notYet')}</p>}
      {isAny && (
        <>
          {told.closed && <p class="tag">{t('closed')}</p>}
          <VotePictures
            fields={item.fields.map((field) => ({
              field,
              told: told.fields.find((one) => one.field === field.id)?.told ?? null,
            }))}
          />
        </>
      )}
      <button type="button" class="btn line small" onClick={() => setAsked(asked + 1)}>
        {t('lookAgain')}
      </button>
    </section>
  )
}
