import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { strings } from '../i18n/i18n.ts'
import { Icon } from './icon.tsx'

export interface MenuLink {
  href: string
  label: string
  current: boolean
}

/** The button at the top right and the dialog it opens. The browser keeps the focus inside and Escape closes. */
export const Menu = ({
  links,
  children,
}: {
  links: readonly MenuLink[]
  children: ComponentChildren
}) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const t = strings('common')
  const close = (): void => dialog.current?.close()
  return (
    <>
      <button
        type="button"
        class="icon-btn"
        aria-label={t('menu')}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="menu" />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the panel closes; for the keyboard Escape does */}
      <dialog
        ref={dialog}
        class="menu"
        aria-label={t('menu')}
        onClick={(event) => {
          if (event.target === dialog.current) close() // beside the panel
        }}
      >
        <div class="menu-panel">
          <button type="button" class="icon-btn menu-close" aria-label={t('close')} onClick={close}>
            <Icon name="x" />
          </button>
          <ul>
            {links.map(({ href, label, current }) => (
              <li key={href}>
                <a href={href} aria-current={current ? 'page' : undefined} onClick={close}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
          {children}
        </div>
      </dialog>
    </>
  )
}
