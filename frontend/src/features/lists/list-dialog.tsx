import type { List, ListColor } from '@todo/model/list'
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Modal } from '../../ui/modal.tsx'
import { TextField } from '../../ui/text-field.tsx'
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
  const trimmed = name.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (trimmed === '') return
    const done = list ? patch(list, { name: trimmed, color }) : create(trimmed, color)
    done.catch(() => null) // told in a toast
    onClose()
  }
  return (
    <Modal title={list ? 'Edit list' : 'New list'} size="s" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 p-5">
        <TextField
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={100}
          required
          dir="auto"
          autoComplete="off"
          placeholder="Groceries, Work, Trip to Lisbon"
        />
        <ColorSwatches value={color} onChange={setColor} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" disabled={trimmed === ''}>
            {list ? 'Save' : 'Make list'}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** The first colour that no list has yet. */
function useUnusedColor(): ListColor {
  const used = new Set(useLists().map((list) => list.color))
  return COLORS.slice(1).find((color) => !used.has(color)) ?? 'blue'
}
