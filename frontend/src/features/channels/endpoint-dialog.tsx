import type { CreateChannel, CreatedChannel } from '@todo/model/channels'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { ApiError, describeError } from '../../api/api-error.ts'
import { channelsApi } from '../../api/channels-api.ts'
import { Button } from '../../ui/button.tsx'
import { Modal } from '../../ui/modal.tsx'
import { useShowCreated } from './use-channel-actions.ts'

interface EndpointDialogProps {
  title: string
  lead: ReactNode
  /** What is to be made; null while something is missing. */
  channel: CreateChannel | null
  /** Draws the fields; `problemOf` says what the server thinks of one. */
  fields: (problemOf: (field: string) => string | undefined) => ReactNode
  onCreated: (created: CreatedChannel) => void
  onClose: () => void
}

/** The form of a new endpoint. What the server refuses is told beside its field. */
export function EndpointDialog({ title, lead, channel, fields, onCreated, onClose }: EndpointDialogProps) {
  const show = useShowCreated()
  const create = useMutation({
    mutationFn: channelsApi.create,
    onSuccess: (created) => {
      show(created)
      onCreated(created)
    },
  })
  const refused = create.error instanceof ApiError ? create.error.fields : []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (channel) create.mutate(channel)
  }
  return (
    <Modal title={title} size="s" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 overflow-y-auto p-5">
        <p className="text-s text-ink-2">{lead}</p>
        {fields((field) => refused.find((one) => one.field === field)?.message)}
        {create.error && refused.length === 0 && (
          <p role="alert" className="rounded-control bg-high-soft px-3 py-2 text-s text-high-ink">
            {describeError(create.error)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!channel} isBusy={create.isPending}>
            Add
          </Button>
        </div>
      </form>
    </Modal>
  )
}
