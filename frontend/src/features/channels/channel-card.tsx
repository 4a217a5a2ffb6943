import type { Channel, ChannelKind } from '@todo/model/channels'
import Bell from 'lucide-react/icons/bell'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Mail from 'lucide-react/icons/mail'
import Megaphone from 'lucide-react/icons/megaphone'
import MonitorSmartphone from 'lucide-react/icons/monitor-smartphone'
import Pencil from 'lucide-react/icons/pencil'
import Trash from 'lucide-react/icons/trash-2'
import Webhook from 'lucide-react/icons/webhook'
import { type ReactNode, useState } from 'react'
import { IconButton } from '../../ui/icon-button.tsx'
import { MenuButton } from '../../ui/menu-button.tsx'
import { ToggleSwitch } from '../../ui/switch.tsx'
import { ConfirmNote } from '../confirm-email/confirm-note.tsx'
import { placeOf, titleOf } from './channel-words.ts'
import { ChannelResult } from './channel-result.tsx'
import { RemoveChannel } from './remove-channel.tsx'
import { RenameChannel } from './rename-channel.tsx'
import { usePatchChannel } from './use-channel-actions.ts'

const ICONS: Readonly<Record<ChannelKind, ReactNode>> = {
  'in-app': <Bell />,
  email: <Mail />,
  'web-push': <MonitorSmartphone />,
  webhook: <Webhook />,
  ntfy: <Megaphone />,
}

interface ChannelCardProps {
  channel: Channel
  /** It is the push of this browser. */
  isHere: boolean
}

/** One way to reach the person: where it leads, whether it is on, and what became of the last try. */
export function ChannelCard({ channel, isHere }: ChannelCardProps) {
  const patch = usePatchChannel(channel)
  const title = titleOf(channel)
  return (
    <li aria-label={title} className="grid grid-cols-[36px_minmax(0,1fr)] gap-x-3 py-3.5">
      <span
        aria-hidden
        className={`grid size-9 place-items-center rounded-card [&>svg]:size-[18px] ${channel.isOn ? 'bg-accent-soft text-accent-ink' : 'bg-sunken text-ink-3'}`}
      >
        {ICONS[channel.kind]}
      </span>
      <div className="flex min-w-0 items-start gap-3">
        <div className="min-w-0 flex-1">
          <h3 className="flex flex-wrap items-center gap-x-2 text-s font-semibold">
            <bdi className="[overflow-wrap:anywhere]">{title}</bdi>
            {isHere && <span className="rounded-full bg-accent-soft px-2 text-2xs text-accent-ink">This device</span>}
          </h3>
          <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">{placeOf(channel)}</p>
        </div>
        {channel.kind === 'in-app' ? (
          <span className="pt-0.5 text-xs text-ink-2">Always on</span>
        ) : (
          <ToggleSwitch label={title} isOn={channel.isOn} onChange={(isOn) => patch.mutate({ isOn })} />
        )}
      </div>
      <div className="col-start-2 grid min-w-0 gap-2">
        {channel.kind === 'email' && <ConfirmNote />}
        {channel.offReason !== null && (
          <p className="mt-2 rounded-control bg-high-soft px-3 py-2 text-xs text-high-ink [overflow-wrap:anywhere]">
            Switched off by itself: {channel.offReason}. Put it right, and switch it on again.
          </p>
        )}
        <div className="mt-1.5 flex flex-wrap items-center justify-end gap-2">
          <ChannelResult channel={channel} />
          <ChannelMenu channel={channel} isHere={isHere} />
        </div>
      </div>
    </li>
  )
}

/** Ours can be neither renamed nor removed. */
function ChannelMenu({ channel, isHere }: ChannelCardProps) {
  const [dialog, setDialog] = useState<'rename' | 'remove' | null>(null)
  if (channel.kind === 'in-app' || channel.kind === 'email') return null
  const close = () => setDialog(null)
  return (
    <>
      <MenuButton
        menuLabel={`More about ${channel.name}`}
        entries={() => [
          { label: 'Rename', icon: <Pencil size={15} />, onSelect: () => setDialog('rename') },
          { label: 'Remove', icon: <Trash size={15} />, isDanger: true, onSelect: () => setDialog('remove') },
        ]}
        render={(props) => (
          <IconButton {...props} label={`More about ${channel.name}`} tip="More" className="-me-1.5">
            <Ellipsis size={17} />
          </IconButton>
        )}
      />
      {dialog === 'rename' && <RenameChannel channel={channel} onClose={close} />}
      {dialog === 'remove' && <RemoveChannel channel={channel} isHere={isHere} onClose={close} />}
    </>
  )
}
