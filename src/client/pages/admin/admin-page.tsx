import { useEffect, useRef } from 'preact/hooks'
import { Route, Router, useLocation } from 'preact-iso'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { NotFound } from '../shell/not-found.tsx'
import { TopBar } from '../shell/top-bar.tsx'
import { type AdminSection, sectionsOf } from './sections.ts'

/** The frame of every administrator's page: the sections that this person may open, and the page. */
export const AdminPage = () => {
  const sections = sectionsOf(useServices().me)
  const [first] = sections
  const pages = sections.flatMap((section) => section.pages)
  // Else a network that falls out here would take the pages along, and not only what they show.
  useEffect(() => {
    for (const { component } of pages) void component.preload()
  }, [])
  if (!first) return <NotFound />
  return (
    <>
      <TopBar current="admin" />
      <div class="admin wrap">
        <SectionList sections={sections} />
        <Router>
          {pages.map(({ path, component }) => (
            <Route key={path} path={path} component={component} />
          ))}
          <Route default component={Elsewhere} />
        </Router>
      </div>
    </>
  )
}

const SectionList = ({ sections }: { sections: readonly AdminSection[] }) => {
  const t = strings('admin')
  const here = useLocation().path
  const list = useRef<HTMLUListElement>(null)
  // On a phone the sections are wider than the screen.
  useEffect(() => {
    const current = here && list.current?.querySelector('[aria-current]')
    if (current) current.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [here])
  return (
    <nav class="admin-nav" aria-label={t('title')}>
      <ul ref={list}>
        {sections.map(({ label, pages }) => (
          <li key={label}>
            <a
              href={addressOf(pages[0].path)}
              aria-current={pages.some(({ path }) => isAt(here, path)) ? 'page' : undefined}
            >
              {t(label)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** `/admin` is the overview's; whoever has none comes to the first section that is theirs. */
const Elsewhere = () => {
  const { path, route } = useLocation()
  const [first] = sectionsOf(useServices().me)
  const goesOn = path === links.admin && first
  useEffect(() => {
    if (goesOn) route(addressOf(first.pages[0].path), true)
  }, [goesOn, first, route])
  const t = strings('common')
  return goesOn ? null : (
    <main id="content">
      <h1>{t('notFoundTitle')}</h1>
      <p class="lede">{t('notFoundText')}</p>
    </main>
  )
}

const addressOf = (path: string): string => links.admin + (path === '/' ? '' : path)

/** `/kull/:id` is at `/admin/kull/7`. */
const isAt = (here: string, path: string): boolean => {
  const [parts, wanted] = [addressOf(path).split('/'), here.split('/')]
  return (
    parts.length === wanted.length &&
    parts.every((part, at) => part.startsWith(':') || part === wanted[at])
  )
}
