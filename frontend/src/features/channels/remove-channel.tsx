import type { Channel, EndpointKind } from '@todo/model/channels'
import { Button } from '../../ui/button.tsx'
import { Modal } from '../../ui/modal.tsx'
import { useRemoveChannel } from './use-channel-actions.ts'

const CONSEQUENCES: Readonly<Record<EndpointKind, string>> = {
  'web-push': 'That browser gets no reminders any more, until push is switched on there again.',
  webhook: 'Nothing is sent there any more, and its signing secret is forgotten: adding it again makes a new one.',
  ntfy: 'Nothing is sent there any more, and its access token is forgotten.',
}

interface RemoveChannelProps {
  channel: Channel
  isHere: boolean
  onClose: () => void
}

/** What it leads to and its secrets are kept nowhere else: this cannot be undone, so it asks. */
export function RemoveChannel({ channel, isHere, onClose }: RemoveChannelProps) {
  const remove = useRemoveChannel(channel, isHere)
  return (
    <Modal title={`Remove “${channel.name}”?`} size="s" onClose={onClose}>
      <div className="grid gap-4 p-5">
        <p className="text-s text-ink-2">{CONSEQUENCES[channel.kind as EndpointKind]}</p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger"
            onClick={() => {
              remove.mutate()
              onClose()
            }}
          >
            Remove
          </Button>
        </div>
      </div>
    </Modal>
  )
}
