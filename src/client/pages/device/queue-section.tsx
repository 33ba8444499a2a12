import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { allItems } from '../../../shared/domain/travel-order.ts'
import { DownloadButton } from '../../components/download-button.tsx'
import { Icon } from '../../components/icon.tsx'
import type { Keeping } from '../../components/keeping-words.ts'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { type DownloadQueue, type KeepState, useServices } from '../../state/services.ts'
import { keepingOf, keepStateOf } from '../keeping/keeping.ts'
import { StateMark } from '../keeping/state-mark.tsx'
import { useActions } from '../keeping/use-actions.ts'
import { links } from '../links.ts'

/** What is on its way to this device, or stopped on it. */
export const QueueSection = () => {
  const { outline, media } = useServices()
  const items = queueOf(allItems(outline), media.states.value, media.queue.value)
  const box = useKeptFocus()
  return (
    <div class="queue" ref={box} tabIndex={-1}>
      {items.length > 0 && <Queue items={items} />}
    </div>
  )
}

const Queue = ({ items }: { items: readonly OutlineItem[] }) => {
  const { media, words } = useServices()
  const states = media.states.value
  const queue = media.queue.value
  const actions = useActions(items)
  const t = strings('device')
  const none = () => ''
  return (
    <section aria-labelledby="queue">
      <h2 id="queue">{t('queue')}</h2>
      <DownloadButton
        keeping={wholeOf(keepingOf(items, states, queue), queue)}
        words={{ keep: none, hint: '', kept: none }}
        actions={actions}
        rate={media.rate.value}
        isOffline={words.pending.value.connection === 'offline'}
        roomAddress="#part-by-part"
      />
      <ol class="items store">
        {items.map((item) => (
          <li key={item.id} class="store-row">
            <a class="store-name" href={links.item(item.path)}>
              <b>{local(item.title)}</b>
              <span class="meta">
                <StateMark item={item} />
              </span>
            </a>
            <button
              type="button"
              class="icon-btn"
              aria-label={t('cancelNamed', { title: local(item.title) })}
              onClick={() => media.cancel([item])}
            >
              <Icon name="x" />
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** In the order of the queue; what stopped comes last. */
const queueOf = (
  items: readonly OutlineItem[],
  states: Readonly<Record<string, KeepState>>,
  { items: order }: DownloadQueue,
): OutlineItem[] => {
  const placeOf = ({ id }: OutlineItem): number => {
    const place = order.indexOf(id)
    return place < 0 ? order.length : place
  }
  return items
    .filter((item) => item.media !== null && 'of' in keepStateOf(item, states))
    .toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** With what has come in this round already: the bar does not jump back when one is done. */
const wholeOf = (keeping: Keeping, { kind, bytes, of, secondsLeft }: DownloadQueue): Keeping =>
  kind === 'idle' || keeping.kind === 'stopped' ? keeping : { ...keeping, bytes, of, secondsLeft }
