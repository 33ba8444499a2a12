import type { ReadonlySignal, Signal } from '@preact/signals'
import type { ItemText } from '../../../shared/domain/article.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { PictureInPicture } from '../../components/player/picture-in-picture.ts'
import type { Playback } from '../../components/player/playback.ts'
import type { Playing } from '../../state/playing.ts'
import type { Services } from '../../state/services.ts'
import type { Versions } from './film-versions.ts'
import type { Preferences } from './player-preferences.ts'

export type ItemMedia = NonNullable<OutlineItem['media']>

/**
 * One film or episode with its element. Its page makes it; when it plays and the page is left, or scrolled past its picture, it
 * goes on in the dock.
 */
export interface Showing extends Playing {
  readonly words: Services['words']
  readonly media: ItemMedia
  readonly playback: Playback
  readonly versions: Versions
  readonly preferences: Preferences
  /** What is said, in the language that the page had last. */
  readonly text: Signal<ItemText | null>
  /** Its picture is in the dock. */
  readonly docked: ReadonlySignal<boolean>
  readonly pictureInPicture: PictureInPicture | null
  /** Puts the picture here; it plays on. */
  showIn(place: HTMLElement): void
  /** Its page is here; returns what tells that the page is left. */
  enterPage(page: ShowingPage): () => void
  readonly page: ShowingPage | null
  /** Whether the place of the picture on its page is seen. */
  inSight(seen: boolean): void
  /** From the dock: stops, and the page keeps its player. */
  close(): void
  /** Something else begins. */
  giveWay(): void
}

/** What the dock asks of the page of its own film. */
export interface ShowingPage {
  /** Shows the large player. */
  enlarge(): void
  /** Moves the focus into the large player. */
  takeKeys(): void
  /** Begins a note at this time. */
  note(): void
}
