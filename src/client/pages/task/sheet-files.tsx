import { useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { language, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { fetchSheetFile, type SheetFileKind, sheetFileKinds } from '../../state/sheet-file.ts'
import { saveAsFile } from '../device/save-as-file.ts'
import type { OwnGroup } from './use-group.ts'

/** A group's sheet to take along: the server makes it of all that has been sent. */
export const SheetFiles = ({ group, task }: { group: OwnGroup; task: string }) => {
  const { server, me, words } = useServices()
  const t = strings('task')
  const [state, setState] = useState<SheetFileKind | 'idle' | 'offline' | 'failed'>('idle')
  const isBusy = sheetFileKinds.some((kind) => kind === state)

  const take = async (kind: SheetFileKind): Promise<void> => {
    setState(kind)
    // What was written here a moment ago is to be in it.
    await words.syncNow()
    const file = await fetchSheetFile(
      { ...server, principal: me.principal },
      { group: group.scope.slice(2), task, kind, language: language.peek() },
    )
    setState(typeof file === 'string' ? file : 'idle')
    if (typeof file !== 'string') saveAsFile(file.name, file.blob, file.blob.type)
  }
  return (
    <section class="sheet-files" aria-labelledby="sheet-files">
      <h2 class="h-s" id="sheet-files">
        {t('files')}
      </h2>
      <p class="hint">{t('filesHint')}</p>
      <div class="row">
        {sheetFileKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            class="btn line small"
            disabled={isBusy}
            onClick={() => void take(kind)}
          >
            <Icon name={state === kind ? 'saving' : 'down'} small />
            {t(`file_${kind}`)}
          </button>
        ))}
      </div>
      <div role="status">
        {isBusy && <p class="hint">{t('fileMaking')}</p>}
        {(state === 'offline' || state === 'failed') && (
          <p class="note err">{t(state === 'offline' ? 'fileOffline' : 'fileFailed')}</p>
        )}
      </div>
    </section>
  )
}
