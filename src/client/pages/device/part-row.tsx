import { useId, useState } from 'preact/hooks'
import type { Line } from '../../../shared/domain/line.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { bytesOf, type Keeping } from '../../components/keeping-words.ts'
import { AskRemoval } from '../../components/kept.tsx'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { formatBytes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { type StoredFile, useServices } from '../../state/services.ts'
import { mediaSize } from '../home/kept.ts'
import { stopTitle, titleTowards } from '../home/stop-words.ts'
import { bytesHere, keepingOf, keepStateOf } from '../keeping/keeping.ts'
import { StateMark } from '../keeping/state-mark.tsx'
import { useActions } from '../keeping/use-actions.ts'
import { links } from '../links.ts'
import { type Part, sumOf, usedAtOf } from './parts.ts'
import { usedWords } from './used-words.ts'

/** One part: how much of it lies here, with its button, and its items when it is opened. */
export const PartRow = ({
  part,
  line,
  files,
}: {
  part: Part
  line: Line
  files: readonly StoredFile[]
}) => {
  const t = strings('device')
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState(false)
  const list = useId()
  const row = useKeptFocus<HTMLLIElement>()
  const title = titleOf(part, line)
  const { moving, rest, actions } = usePart(part)
  const isMoving = moving !== null
  return (
    <li class="part-row" ref={row}>
      <div class="store-row">
        <button
          type="button"
          class="store-name"
          aria-expanded={open}
          aria-controls={list}
          onClick={() => setOpen(!open)}
        >
          <b>{title}</b>
          <span class="meta">
            <PartMeta part={part} moving={moving} />
          </span>
        </button>
        {isMoving ? (
          <RowButton icon="x" text={t('cancel')} of={title} act={actions.cancel} />
        ) : rest.length === part.items.length ? (
          <RowButton icon="down" text={t('download')} of={title} act={actions.keep} />
        ) : (
          <RowButton
            icon="trash"
            text={t('remove')}
            of={title}
            act={() => setAsking(!asking)}
            expanded={asking}
          />
        )}
      </div>
      {asking && !isMoving && <AskRemoval remove={actions.remove} leave={() => setAsking(false)} />}
      <div id={list} hidden={!open}>
        {open && <Items part={part} rest={isMoving ? [] : rest} files={files} />}
      </div>
    </li>
  )
}

const usePart = ({ items }: Part) => {
  const { media } = useServices()
  const states = media.states.value
  const { kind } = keepingOf(items, states, media.queue.value)
  const wanted = items.filter((item) => keepStateOf(item, states).kind !== 'absent')
  return {
    /** Of what is kept or on its way, when something is. */
    moving:
      kind === 'here' || kind === 'absent' ? null : keepingOf(wanted, states, media.queue.value),
    rest: items.filter((item) => keepStateOf(item, states).kind !== 'kept'),
    actions: useActions(items),
  }
}

const titleOf = (part: Part, line: Line): string => {
  const t = strings('device')
  switch (part.kind) {
    case 'stop':
      return part.stop.kind === 'own' ? titleTowards(line, part.stop) : stopTitle(part.stop)
    case 'deepening':
      return t('deepening', { module: local(part.module.title).toLocaleLowerCase('nb') })
    case 'track':
      return line.track ? local(line.track.title) : ''
    default:
      return t(part.kind)
  }
}

const PartMeta = ({ part: { items }, moving }: { part: Part; moving: Keeping | null }) => {
  const { media, content } = useServices()
  const t = strings('device')
  const states = media.states.value
  const { kept, bytes, size } = sumOf(items, states)
  const isWithoutTexts = items.some(
    (item) => keepStateOf(item, states).kind === 'kept' && !content.has(item),
  )
  const count = items.length
  if (moving) {
    return <span class="num">{t(`part_${wayOf(moving.kind)}`, { progress: bytesOf(moving) })}</span>
  }
  if (kept === 0) {
    return (
      <>
        <span>{t('notHere')}</span>
        <span class="num">{t('sizeAndCount', { size: formatBytes(size), count })}</span>
      </>
    )
  }
  if (isWithoutTexts)
    return <span>{strings('keep')('noTextsRow', { size: formatBytes(bytes) })}</span>
  return (
    <>
      <span class="mark">
        <Icon name="kept" small />
        {kept === count
          ? strings('home')('keptAll')
          : strings('home')('keptPart', { kept, of: count })}
      </span>
      <span class="num">
        {kept === count
          ? t('sizeAndCount', { size: formatBytes(bytes), count })
          : formatBytes(bytes)}
      </span>
    </>
  )
}

const wayOf = (kind: Keeping['kind']): 'moving' | 'waiting' | 'paused' | 'stopped' =>
  kind === 'paused' || kind === 'stopped'
    ? kind
    : kind === 'no-network' || kind === 'no-wifi'
      ? 'waiting'
      : 'moving'

const Items = ({
  part,
  rest,
  files,
}: {
  part: Part
  rest: readonly OutlineItem[]
  files: readonly StoredFile[]
}) => {
  const { media } = useServices()
  const t = strings('keep')
  const { bytes, of } = keepingOf(rest, media.states.value, media.queue.value)
  const missing = of - bytes
  return (
    <>
      {rest.length > 0 && rest.length < part.items.length && (
        <button type="button" class="txt-btn rest" onClick={() => media.keep(rest)}>
          <Icon name="down" small />
          {missing > 0
            ? t('keepRest', { size: formatBytes(missing) })
            : t('keepWatched', { size: formatBytes(of) })}
        </button>
      )}
      <ul class="items store inner">
        {part.items.map((item) => (
          <ItemInPart key={item.id} item={item} files={files} />
        ))}
      </ul>
    </>
  )
}

const ItemInPart = ({ item, files }: { item: OutlineItem; files: readonly StoredFile[] }) => {
  const { media } = useServices()
  const t = strings('device')
  const title = local(item.title)
  const { kind } = keepStateOf(item, media.states.value)
  const isWatched = bytesHere(item, media.states.value) >= mediaSize(item)
  const usedAt = usedAtOf(item, files)
  return (
    <li class="store-row">
      <a class="store-name" href={links.item(item.path)}>
        <b>{title}</b>
        <span class="meta">
          <StateMark item={item} />
          {kind === 'kept' && <span>{usedWords(usedAt)}</span>}
        </span>
      </a>
      {kind === 'kept' ? (
        <RowButton icon="trash" text={t('remove')} of={title} act={() => void media.remove(item)} />
      ) : kind === 'absent' ? (
        <RowButton
          icon="down"
          text={t(isWatched ? 'holdOn' : 'download')}
          of={title}
          act={() => media.keep([item])}
        />
      ) : (
        <RowButton icon="x" text={t('cancel')} of={title} act={() => media.cancel([item])} />
      )}
    </li>
  )
}

/** The same button whatever it does, so that the focus stays on it. */
const RowButton = ({
  icon,
  text,
  of,
  act,
  expanded,
}: {
  icon: 'trash' | 'down' | 'x'
  text: string
  /** What it is about, for whoever hears the button alone. */
  of: string
  act(): void
  expanded?: boolean
}) => (
  <button
    type="button"
    class="txt-btn"
    aria-label={`${text}: ${of}`}
    aria-expanded={expanded}
    onClick={act}
  >
    <Icon name={icon} /> {text}
  </button>
)
