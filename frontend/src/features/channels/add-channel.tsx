import { useMutation, useQueryClient } from '@tanstack/react-query'
import Megaphone from 'lucide-react/icons/megaphone'
import MonitorSmartphone from 'lucide-react/icons/monitor-smartphone'
import Webhook from 'lucide-react/icons/webhook'
import { useState } from 'react'
import { describeError } from '../../api/api-error.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { Button } from '../../ui/button.tsx'
import { usePerson } from '../account/person.ts'
import { AddNtfy } from './add-ntfy.tsx'
import { AddWebhook } from './add-webhook.tsx'
import { PushRefused } from './push-support.ts'
import { startPush } from './this-device.ts'
import { useShowCreated } from './use-channel-actions.ts'

interface AddChannelProps {
  pushKey: string
  /** Why this browser takes no pushes. */
  obstacle: string | null
  isPushHere: boolean
}

export function AddChannel({ pushKey, obstacle, isPushHere }: AddChannelProps) {
  const [dialog, setDialog] = useState<'webhook' | 'ntfy' | null>(null)
  const push = usePushHere(pushKey)
  const problem = push.error instanceof PushRefused ? push.error.message : push.error && describeError(push.error)
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      <div role="group" aria-label="Add a channel" className="flex flex-wrap gap-2">
        {!isPushHere && obstacle === null && (
          <Button
            variant="primary"
            icon={<MonitorSmartphone size={16} aria-hidden />}
            isBusy={push.isPending}
            onClick={() => push.mutate()}
          >
            Push to this device
          </Button>
        )}
        <Button icon={<Webhook size={16} aria-hidden />} onClick={() => setDialog('webhook')}>
          Add a webhook
        </Button>
        <Button icon={<Megaphone size={16} aria-hidden />} onClick={() => setDialog('ntfy')}>
          Add ntfy
        </Button>
      </div>
      {problem ? (
        <p role="alert" className="rounded-control bg-high-soft px-3 py-2 text-s text-high-ink">
          {problem}
        </p>
      ) : (
        <p className="text-xs text-ink-2">
          {obstacle ?? 'Push reaches you on this device also while the app is closed.'}
        </p>
      )}
      {dialog === 'webhook' && <AddWebhook onClose={() => setDialog(null)} />}
      {dialog === 'ntfy' && <AddNtfy onClose={() => setDialog(null)} />}
    </div>
  )
}

function usePushHere(pushKey: string) {
  const client = useQueryClient()
  const { id } = usePerson()
  const show = useShowCreated()
  return useMutation({
    mutationFn: () => startPush(pushKey, id),
    onSuccess: (created) => {
      client.setQueryData(queryKeys.thisDevice, { channelId: created.id, userId: id })
      show(created)
    },
  })
}
