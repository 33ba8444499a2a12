import { useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { strings } from '../../i18n/i18n.ts'
import { eraseMe, forgetBesideWords, mayAsOneself } from '../../state/erase-me.ts'
import { useServices } from '../../state/services.ts'
import { useShell } from '../../state/shell.ts'

type State = 'idle' | 'asking' | 'busy' | 'failed' | 'last-administrator'

/** The way to be forgotten: what goes and what stays is said before. */
export const EraseMe = () => {
  const { me, account, server } = useServices()
  const shell = useShell()
  const t = strings('account')
  const [state, setState] = useState<State>('idle')
  const box = useKeptFocus<HTMLElement>()
  if (!mayAsOneself(me, ['me', 'erase'])) return null
  const erase = async (): Promise<void> => {
    setState('busy')
    const outcome = await shell.ask((deps) => eraseMe(deps, me))
    if (outcome !== 'erased') return setState(outcome)
    // The sync is told that all of it is gone, and empties this device.
    await account.signOut(true)
    forgetBesideWords(server.storage, me.principal)
  }
  return (
    <section class="part" ref={box} tabIndex={-1}>
      <h2 class="h-s">{t('eraseTitle')}</h2>
      <div>
        <p>{t('eraseText')}</p>
        {state === 'idle' && (
          <button type="button" class="btn line" onClick={() => setState('asking')}>
            <Icon name="trash" />
            {t('erase')}
          </button>
        )}
        {state === 'last-administrator' && (
          <p class="note err" role="alert">
            {t('eraseLast')}
          </p>
        )}
        {(state === 'asking' || state === 'busy' || state === 'failed') && (
          <div class="note" role="alert">
            <p class="note-h">{t(state === 'failed' ? 'eraseFailed' : 'eraseSure')}</p>
            <WhatGoes />
            <div class="row ways">
              <button
                type="button"
                class="btn small"
                disabled={state === 'busy'}
                onClick={() => void erase()}
              >
                {t(state === 'busy' ? 'erasing' : 'eraseNow')}
              </button>
              <button type="button" class="btn line small" onClick={() => setState('idle')}>
                {t('eraseNot')}
              </button>
            </div>
          </div>
        )}
      </div>
    </section>
  )
}

const WhatGoes = () => {
  const { me } = useServices()
  const t = strings('account')
  const goes = me.anonymous
    ? (['eraseGoesWords'] as const)
    : (['eraseGoesWords', 'eraseGoesWho', 'eraseGoesGiven'] as const)
  const stays = [
    ...(me.groups.length > 0 ? (['eraseStaysGroup'] as const) : []),
    'eraseStaysSums',
    'eraseStaysBackups',
  ] as const
  return (
    <>
      <h3>{t('eraseGoes')}</h3>
      <ul>
        {goes.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <h3>{t('eraseStays')}</h3>
      <ul>
        {stays.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
    </>
  )
}
