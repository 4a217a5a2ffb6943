import type { ListColor } from '@todo/model/list'
import { useState } from 'react'
import { describeError } from '../../api/api-error.ts'
import { NameDialog } from '../../ui/name-dialog.tsx'
import { ColorSwatches } from '../lists/color-swatches.tsx'
import { useTagColor } from './tag-chip.tsx'
import { tagProblem } from './tag-name.ts'
import { useSaveTag } from './use-save-tag.ts'

/** Renames and recolours a tag on every task that has it. */
export function TagDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const [newName, setNewName] = useState(name)
  const [color, setColor] = useState<ListColor>(useTagColor(name))
  const save = useSaveTag(name, onClose)
  const submit = (trimmed: string) => {
    if (tagProblem(trimmed) === undefined) save.mutate({ color, ...(trimmed === name ? {} : { name: trimmed }) })
  }
  return (
    <NameDialog
      title={`Tag “${name}”`}
      submitLabel="Save"
      name={newName}
      onNameChange={setNewName}
      maxLength={50}
      problem={tagProblem(newName.trim()) ?? (save.error ? describeError(save.error) : undefined)}
      isBusy={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <ColorSwatches value={color} onChange={setColor} />
    </NameDialog>
  )
}
