import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { describeError } from '../../api/api-error.ts'
import { NameDialog } from '../../ui/name-dialog.tsx'
import { useFilterActions } from './filter-actions.ts'

/** Gives the filters and the sort of a view a name in the sidebar. */
export function SaveFilterDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const [name, setName] = useState('')
  const { create } = useFilterActions()
  const save = useMutation({ mutationFn: (trimmed: string) => create(trimmed, query), onSuccess: onClose })
  return (
    <NameDialog
      title="Save this view"
      submitLabel="Save view"
      name={name}
      onNameChange={setName}
      maxLength={100}
      placeholder="High this week"
      problem={save.error ? describeError(save.error) : undefined}
      hint="Its filters and its order stay as they are now. Named days, such as Today, move along."
      isBusy={save.isPending}
      onSubmit={save.mutate}
      onClose={onClose}
    />
  )
}
