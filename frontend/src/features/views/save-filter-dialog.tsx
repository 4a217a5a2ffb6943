import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { describeError } from '../../api/api-error.ts'
import { filtersApi } from '../../api/lists-api.ts'
import { newId } from '../../api/new-id.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { Button } from '../../ui/button.tsx'
import { Modal } from '../../ui/modal.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { readSearch } from './view-filters.ts'

/** Gives the filters and the sort of a view a name in the sidebar. */
export function SaveFilterDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const [name, setName] = useState('')
  const client = useQueryClient()
  const navigate = useNavigate()
  const save = useMutation({
    mutationFn: () => filtersApi.create({ id: newId(), name: name.trim(), query }),
    onSuccess: async (filter) => {
      await client.invalidateQueries({ queryKey: queryKeys.filters })
      onClose()
      await navigate({ to: '/filter/$filterId', params: { filterId: filter.id }, search: readSearch(filter.query) })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') save.mutate()
  }
  return (
    <Modal title="Save this view" size="s" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 p-5">
        <TextField
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={100}
          required
          dir="auto"
          autoComplete="off"
          placeholder="High this week"
          problem={save.error ? describeError(save.error) : undefined}
          hint="Its filters and its order stay as they are now. Named days, such as Today, move along."
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" isBusy={save.isPending} disabled={name.trim() === ''}>
            Save view
          </Button>
        </div>
      </form>
    </Modal>
  )
}
