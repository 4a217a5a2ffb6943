import type { ListColor } from '@todo/model/list'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { describeError } from '../../api/api-error.ts'
import { tagsApi } from '../../api/lists-api.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { Button } from '../../ui/button.tsx'
import { Modal } from '../../ui/modal.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ColorSwatches } from '../lists/color-swatches.tsx'
import { useTagColor } from './tag-chip.tsx'
import { tagProblem } from './tag-name.ts'

/** Renames and recolours a tag on every task that has it. */
export function TagDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const [newName, setNewName] = useState(name)
  const [color, setColor] = useState<ListColor>(useTagColor(name))
  const save = useSaveTag(name, onClose)
  const problem = tagProblem(newName) ?? (save.error ? describeError(save.error) : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (tagProblem(newName) === undefined) save.mutate({ color, ...(newName === name ? {} : { name: newName }) })
  }
  return (
    <Modal title={`Tag “${name}”`} size="s" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 p-5">
        <TextField
          label="Name"
          value={newName}
          onChange={(event) => setNewName(event.target.value)}
          problem={problem}
          maxLength={50}
          dir="auto"
          autoComplete="off"
        />
        <ColorSwatches value={color} onChange={setColor} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" isBusy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function useSaveTag(name: string, onSaved: () => void) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (patch: { color: ListColor; name?: string }) => tagsApi.patch(name, patch),
    onSuccess: async (tag) => {
      onSaved()
      if (tag.name !== name && decodeURIComponent(location.pathname) === `/tag/${name}`) {
        await navigate({ to: '/tag/$tag', params: { tag: tag.name }, search: {}, replace: true })
      }
      await client.invalidateQueries({ queryKey: queryKeys.overview })
      if (tag.name !== name) await client.invalidateQueries({ queryKey: queryKeys.taskLists })
    },
  })
}
