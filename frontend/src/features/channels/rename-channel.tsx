import type { Channel } from '@todo/model/channels'
import { useState } from 'react'
import { NameDialog } from '../../ui/name-dialog.tsx'
import { usePatchChannel } from './use-channel-actions.ts'

export function RenameChannel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const [name, setName] = useState(channel.name)
  const patch = usePatchChannel(channel)
  return (
    <NameDialog
      title="Rename the channel"
      submitLabel="Save"
      name={name}
      onNameChange={setName}
      maxLength={100}
      onSubmit={(name) => {
        patch.mutate({ name })
        onClose()
      }}
      onClose={onClose}
    />
  )
}
