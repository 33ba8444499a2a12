import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { Message } from '../shell/message.tsx'
import { SignInTop } from '../sign-in/sign-in-top.tsx'
import { Unsent } from './leave-table.tsx'

/** All that a tablet shows when its time is over: nothing of the group. It sends, and empties itself. */
export const OverPage = () => {
  const { me, words, table } = useServices()
  const { route } = useLocation()
  const [isUnsent, setUnsent] = useState(false)
  const isBusy = useRef(false)
  const t = strings('table')
  useTitle(t('overTitle'))

  const leave = async (unsentToo: boolean): Promise<void> => {
    if (isBusy.current) return
    isBusy.current = true
    const outcome = await table?.leave(unsentToo)
    isBusy.current = false
    if (outcome === 'done') route(links.tableLeft, true)
    else setUnsent(true)
  }
  const { connection, documents } = words.pending.value
  useEffect(() => void leave(false), [connection, documents === 0])
  return (
    <>
      <SignInTop />
      <Message drawing="table" title={t('overTitle')} text={t('overText', { group: me.name })}>
        {isUnsent ? <Unsent leave={leave} /> : <p role="status">{t('overSending')}</p>}
      </Message>
    </>
  )
}
