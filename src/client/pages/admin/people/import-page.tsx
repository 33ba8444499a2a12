import { useRef, useState } from 'preact/hooks'
import { type PeoplePreview, peoplePreviewSchema } from '../../../../shared/domain/people-file.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { saveAsFile } from '../../device/save-as-file.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { sayFailure } from '../failure.tsx'
import { asCsv } from './as-csv.ts'
import { FileProblems } from './file-problems.tsx'
import { PreviewRows } from './preview-rows.tsx'

/** People out of a spreadsheet: looked at first, stored when nothing is wrong. */
export const ImportPage = () => {
  const t = strings('adminPeople')
  useTitle(t('import'))
  const ask = useAsk()
  const [file, setFile] = useState<Blob | null>(null)
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [preview, setPreview] = useState<PeoplePreview | null>(null)
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const newest = useRef(0)

  const send = async (path: string, body: Blob): Promise<void> => {
    newest.current += 1
    const turn = newest.current
    setBusy(true)
    setFailed(null)
    const asked = await ask(path, { method: 'POST', body, answer: peoplePreviewSchema })
    if (turn !== newest.current) return // another file was chosen meanwhile
    setBusy(false)
    if (asked.ok) setPreview(asked.value)
    else setFailed(asked)
  }
  const look = (content: Blob, called: string): void => {
    const csv = new Blob([content], { type: 'text/csv' })
    setFile(csv)
    setName(called)
    setPreview(null)
    void send(paths.peoplePreview, csv)
  }
  return (
    <main id="content">
      <h1>{t('import')}</h1>
      <p class="lede">{t('importLede')}</p>
      <FileDrop look={look} />
      <details class="paste">
        <summary>{t('paste')}</summary>
        <form
          class="admin-form"
          onSubmit={(event) => {
            event.preventDefault()
            look(new Blob([text]), t('pasted'))
          }}
        >
          <label class="entry">
            <span>{t('pasteLabel')}</span>
            <textarea
              class="area"
              rows={6}
              spellcheck={false}
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="btn line" disabled={text.trim() === ''}>
            {t('look')}
          </button>
        </form>
      </details>
      <p>
        <button type="button" class="txt-btn" onClick={saveTemplate}>
          <Icon name="down" small />
          {t('template')}
        </button>
      </p>
      {isBusy && <p role="status">{t('looking', { name })}</p>}
      {failed?.ok === false && (
        <div class="note err" role="alert">
          <p>{failed.error === 'too-large' ? t('fileProblem_too-large') : sayFailure(failed)}</p>
          {file && (
            <button type="button" class="btn line small" onClick={() => look(file, name)}>
              {strings('common')('tryAgain')}
            </button>
          )}
        </div>
      )}
      {preview && (
        <section class="preview" aria-labelledby="preview">
          <h2 id="preview">{name}</h2>
          <Verdict
            preview={preview}
            isBusy={isBusy}
            store={() => file && void send(paths.peopleImport, file)}
          />
          <FileProblems preview={preview} />
          <PreviewRows preview={preview} />
        </section>
      )}
    </main>
  )
}

const FileDrop = ({ look }: { look(content: Blob, called: string): void }) => {
  const t = strings('adminPeople')
  const [isOver, setOver] = useState(false)
  const take = (files: FileList | null | undefined): void => {
    const [file] = files ?? []
    if (file) look(file, file.name)
  }
  return (
    <label
      class={`file-drop${isOver ? ' over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer?.files)
      }}
    >
      <b>{t('dropFile')}</b>
      <span class="hint">{t('chooseFileHint')}</span>
      <span class="btn line">{t('chooseFile')}</span>
      <input
        class="sr"
        type="file"
        aria-label={t('chooseFile')}
        accept=".csv,.txt,text/csv,text/plain"
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = '' // the same file may be chosen again when it has been mended
        }}
      />
    </label>
  )
}

/** What would happen, or has happened, in a sentence, and the button for it. */
const Verdict = ({
  preview: { imported, counts },
  isBusy,
  store,
}: {
  preview: PeoplePreview
  isBusy: boolean
  store(): void
}) => {
  const t = strings('adminPeople')
  const all = counts.new + counts.changed
  if (counts.problems > 0) {
    return <p class="note err">{t('problemCount', { count: counts.problems })}</p>
  }
  const figures = t('figures', { new: counts.new, changed: counts.changed, same: counts.same })
  if (imported) {
    return (
      <div class="note" role="status">
        <p class="note-h">{t('imported')}</p>
        <p>{figures}</p>
        <a class="btn lamp" href={links.adminPeople}>
          {t(counts.new > 0 ? 'inviteNext' : 'toPeople', { count: counts.new })}
        </a>
      </div>
    )
  }
  return (
    <>
      <p role="status">{all === 0 ? t('nothingToChange') : figures}</p>
      {all > 0 && (
        <button type="button" class="btn lamp" disabled={isBusy} onClick={store}>
          {t('store', { count: all })}
        </button>
      )}
    </>
  )
}

const saveTemplate = (): void => {
  const t = strings('adminPeople')
  const columns = [
    'name',
    'email',
    'municipality',
    'audience',
    'role',
    'serviceArea',
    'cohort',
  ] as const
  const header = columns.map((column) => t(`column_${column}`))
  const example = ['HR-leiar, Stord', 'hr-leiar@stord.example', 'Stord', '2', '', 'Stab', 'Kull 1']
  saveAsFile('loft-folk.csv', asCsv([header, example]), 'text/csv')
}
