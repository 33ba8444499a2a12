import { useState } from 'preact/hooks'
import type { Field } from '../../../shared/domain/field.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { blockLabelKey, blockLabelOf, encodeBlockLabel } from '../../../shared/words/blocks.ts'
import {
  broughtFromKey,
  broughtOf,
  broughtRoot,
  broughtRow,
  broughtTable,
  broughtTask,
  encodeBroughtFrom,
} from '../../../shared/words/brought.ts'
import { emptyPlain } from '../../../shared/words/plain.ts'
import { fieldRoot } from '../../../shared/words/roots.ts'
import { hiddenValue, rowHiddenKey, rowOrderKey } from '../../../shared/words/rows.ts'
import { documentId } from '../../../shared/words/scope.ts'
import type { Answering } from '../../components/fields/answering.ts'
import { Icon } from '../../components/icon.tsx'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { OpenDocument } from '../../state/words.ts'

/** Under an own answer: brings it to the leadership group, on purpose and after it is said who will see it. */
export const BringAnswer = ({
  item,
  field,
  answering,
}: {
  item: OutlineItem
  field: Field
  answering: Answering
}) => {
  const { me, words, now } = useServices()
  const t = strings('task')
  const [asking, setAsking] = useState(false)
  const [failed, setFailed] = useState(false)
  const box = useKeptFocus()
  const group = me.groups.find(({ kind }) => kind !== 'service-area')
  if (!group || words.left.value.includes(group.scope)) return null

  const text = answering.document.plain.value.texts[fieldRoot(field.id)] ?? ''
  const id = documentId(group.scope, broughtTask)
  const block = words.device
  const from = { item: item.id, field: field.id }
  const row = broughtRow(block, from)
  const stored = words.documents.value.find((one) => one.id === id)?.plain ?? emptyPlain()
  const card = broughtOf(stored).find((one) => one.row === row)
  if (!card && text.trim() === '') return null

  const change = async (write: (document: OpenDocument) => void): Promise<void> => {
    setFailed(false)
    try {
      const document = await words.open(id)
      write(document)
      await document.close()
      setAsking(false)
    } catch {
      setFailed(true)
    }
  }
  const bring = () =>
    change((document) => {
      const at = now.peek()
      const label = blockLabelOf(document.plain.peek(), block)
      if (label?.label !== me.name)
        document.setScalar(
          blockLabelKey(block),
          encodeBlockLabel({ label: me.name, role: null, at }),
        )
      if (typeof document.plain.peek().scalars[rowOrderKey(broughtTable, row)] !== 'string')
        document.setScalar(rowOrderKey(broughtTable, row), at.toString(36))
      document.setScalar(broughtFromKey(row), encodeBroughtFrom(from))
      document.setText(broughtRoot(block, row), text)
      document.setScalar(rowHiddenKey(broughtTable, row), null)
    })
  const takeBack = () =>
    change((document) =>
      document.setScalar(
        rowHiddenKey(broughtTable, row),
        hiddenValue(document.plain.peek(), broughtTable, row),
      ),
    )

  return (
    <div class="bring" ref={box} tabIndex={-1}>
      <div role="status">
        {card && (
          <p class="hint">
            <Icon name="group" small /> {t('brought', { group: group.name })}
          </p>
        )}
      </div>
      {asking ? (
        <div class="note plain" tabIndex={-1} data-first>
          <p>{t('bringAsk', { group: group.name, name: me.name })}</p>
          <div class="row">
            <button type="button" class="btn small" onClick={() => void bring()}>
              {t('bringNow')}
            </button>
            <button type="button" class="btn line small" onClick={() => setAsking(false)}>
              {t('cancel')}
            </button>
          </div>
        </div>
      ) : (
        <div class="row">
          {text.trim() !== '' && card?.text !== text && (
            <button type="button" class="btn line small" onClick={() => setAsking(true)}>
              <Icon name="group" small />
              {t(card ? 'bringAgain' : 'bring')}
            </button>
          )}
          {card && (
            <button type="button" class="txt-btn" onClick={() => void takeBack()}>
              {t('bringBackOut')}
            </button>
          )}
        </div>
      )}
      {failed && (
        <p class="note err" role="alert">
          {t('bringFailed')}
        </p>
      )}
    </div>
  )
}
