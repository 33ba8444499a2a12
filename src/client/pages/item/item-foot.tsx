import { useLayoutEffect, useRef } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { itemAfter } from './travel.ts'

/** Marks an item as done, or takes it back. */
export const DoneButton = ({ item, label }: { item: OutlineItem; label: string }) => {
  const { words } = useServices()
  const t = strings('item')
  const done = words.progress.value[item.id]?.done ?? false
  const shown = useRef<HTMLButtonElement>(null)
  const pressed = useRef(false)
  // Each state has its own button: the focus goes on to the one that comes.
  useLayoutEffect(() => {
    if (pressed.current) shown.current?.focus()
    pressed.current = false
  }, [done])
  const press = (): void => {
    pressed.current = true
    void words.setDone(item.id, !done)
  }
  return done ? (
    <div class="done-row">
      <p class="done-mark">
        <Icon name="sent" />
        {t('done')}
      </p>
      <span class="gap" />
      <button ref={shown} type="button" class="txt-btn" onClick={press}>
        {t('notDone')}
      </button>
    </div>
  ) : (
    <button ref={shown} type="button" class="btn full" onClick={press}>
      <Icon name="sent" />
      {label}
    </button>
  )
}

/** The way on: the next item, or the line at its end. */
export const NextLink = ({ item }: { item: OutlineItem }) => {
  const { outline, me } = useServices()
  const t = strings('item')
  const next = itemAfter(outline, me, item)
  return (
    <a class="nextlink" href={next ? links.item(next.path) : links.line}>
      <span>
        <span class="mute s2">{t(next ? 'then' : 'endOfLine')}</span>
        <b>{next ? local(next.title) : strings('common')('toLine')}</b>
      </span>
      <Icon name="next" />
    </a>
  )
}
