import type { List, ListColor } from '@todo/model/list'
import { useState } from 'react'
import { NameDialog } from '../../ui/name-dialog.tsx'
import { useLists } from '../sidebar/overview.ts'
import { COLORS } from '../tags/tag-color.ts'
import { ColorSwatches } from './color-swatches.tsx'
import { useListActions } from './list-actions.ts'

/** Makes a list, or renames and recolours one. */
export function ListDialog({ list, onClose }: { list?: List; onClose: () => void }) {
  const { create, patch } = useListActions()
  const [name, setName] = useState(list?.name ?? '')
  const unused = useUnusedColor()
  const [color, setColor] = useState<ListColor>(list?.color ?? unused)
  const submit = (trimmed: string) => {
    const done = list ? patch(list, { name: trimmed, color }) : create(trimmed, color)
    done.catch(() => null) // told in a toast
    onClose()
  }
  return (
    <NameDialog
      title={list ? 'Edit list' : 'New list'}
      submitLabel={list ? 'Save' : 'Make list'}
      name={name}
      onNameChange={setName}
      maxLength={100}
      placeholder="Groceries, Work, Trip to Lisbon"
      onSubmit={submit}
      onClose={onClose}
    >
      <ColorSwatches value={color} onChange={setColor} />
    </NameDialog>
  )
}

/** The first colour that no list has yet. */
function useUnusedColor(): ListColor {
  const used = new Set(useLists().map((list) => list.color))
  return COLORS.slice(1).find((color) => !used.has(color)) ?? 'blue'
}
