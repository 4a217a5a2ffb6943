import Bell from 'lucide-react/icons/bell'
import { IconButton } from '../../ui/icon-button.tsx'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { useOverview } from '../sidebar/overview.ts'

const NotificationList = lazyNamed(() => import('./notification-list.tsx'), 'NotificationList', { isNear: true })

export function NotificationBell() {
  const unread = useOverview()?.unreadNotifications ?? 0
  return (
    <PopoverButton
      popoverLabel="Notifications"
      align="end"
      popoverClassName="w-[380px]"
      content={(close) => <NotificationList onClose={close} />}
      render={({ ref: _ref, ...props }) => (
        <IconButton
          {...props}
          label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
          tip="Notifications"
        >
          <Bell size={17} />
          {unread > 0 && (
            <span
              aria-hidden
              className="absolute end-[7px] top-[7px] box-content size-[7px] rounded-full border-2 border-paper bg-accent"
            />
          )}
        </IconButton>
      )}
    />
  )
}
