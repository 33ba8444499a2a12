import { isGroupTask } from '../../shared/domain/line.ts'
import type { OutlineItem } from '../../shared/domain/outline.ts'
import { strings } from '../i18n/i18n.ts'
import type { IconName } from './icon.tsx'

/** Icon of an item's kind. */
export const kindIcon = (item: OutlineItem): IconName => {
  switch (item.kind) {
    case 'article':
      return 'article'
    case 'podcast':
      return 'podcast'
    case 'task':
      return isGroupTask(item) ? 'group' : 'task'
    default:
      return 'film'
  }
}

/** `Film`, `Gruppeoppgåve` … */
export const kindName = (item: OutlineItem): string => {
  const t = strings('home')
  switch (item.kind) {
    case 'article':
      return t('kindArticle')
    case 'podcast':
      return t('kindPodcast')
    case 'animation':
      return t('kindAnimation')
    case 'interview':
      return t('kindInterview')
    case 'video':
      return t('kindVideo')
    case 'task':
      return isGroupTask(item) ? t('kindGroupTask') : t('kindTask')
  }
}

/** What the button that opens the item says. */
export const openWords = (item: OutlineItem, begun: boolean): string => {
  const t = strings('home')
  if (begun) return t('resume')
  switch (item.kind) {
    case 'article':
      return t('openArticle')
    case 'podcast':
      return t('openPodcast')
    case 'task':
      return isGroupTask(item) ? t('openGroupTask') : t('openTask')
    default:
      return t('openFilm')
  }
}
