import { useId } from 'preact/hooks'
import { ChoiceField } from './choice-field.tsx'
import type { FieldProps } from './field-props.ts'
import { GroupTextField } from './group-text-field.tsx'
import { RankingField } from './ranking-field.tsx'
import { ScaleField } from './scale-field.tsx'
import { TableField } from './table-field.tsx'
import { TextField } from './text-field.tsx'
import { WordsField } from './words-field.tsx'

/** Any field of a task or after a film. */
export const FieldView = ({ field, number, answering }: Omit<FieldProps, 'base'>) => {
  const common = { number, answering, base: useId() }
  switch (field.kind) {
    case 'text':
    case 'longtext':
      return answering.block === undefined ? (
        <TextField {...common} field={field} />
      ) : (
        <GroupTextField {...common} field={field} block={answering.block} />
      )
    case 'single':
    case 'multiple':
    case 'checklist':
      return <ChoiceField {...common} field={field} />
    case 'ranking':
      return <RankingField {...common} field={field} />
    case 'scale':
      return <ScaleField {...common} field={field} />
    case 'words':
      return <WordsField {...common} field={field} />
    case 'table':
      return <TableField {...common} field={field} />
  }
}
