import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { allItems } from '../../../shared/domain/travel-order.ts'
import { useServices } from '../../state/services.ts'
import { NotFound } from '../shell/not-found.tsx'
import { TaskPage } from '../task/task-page.tsx'
import { ArticlePage } from './article-page.tsx'
import { MediaPage } from './media-page.tsx'

/** One part of the programme, by its address. */
export const ItemPage = ({ module, item }: { module?: string; item?: string }) => {
  const { outline } = useServices()
  const found = allItems(outline).find(({ path }) => path === `${module}/${item}`)
  // Keyed, so that nothing of one item is left when the next is opened.
  return found ? <KnownItem key={found.id} item={found} /> : <NotFound />
}

const KnownItem = ({ item }: { item: OutlineItem }) => {
  if (item.kind === 'task') return <TaskPage item={item} />
  if (item.kind === 'article') return <ArticlePage item={item} />
  return item.media ? <MediaPage item={item} media={item.media} /> : <ArticlePage item={item} />
}
