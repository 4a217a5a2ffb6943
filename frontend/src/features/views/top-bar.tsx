import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import { toggleTheme, useIsDark } from '../../app/theme.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { LiveIndicator } from '../live/live-indicator.tsx'
import { NotificationBell } from '../notifications/notification-bell.tsx'
import { SearchBox } from './search-box.tsx'

/** Search, notifications and theme: above every screen. */
export function TopBar() {
  const isDark = useIsDark()
  return (
    <div className="mb-4 flex items-center gap-1.5 pt-4 md:mb-5 md:pt-5">
      <SearchBox />
      <LiveIndicator />
      <NotificationBell />
      <IconButton
        label={isDark ? 'Use the light theme' : 'Use the dark theme'}
        tip={isDark ? 'Light' : 'Dark'}
        tipSide="end"
        onClick={toggleTheme}
      >
        {isDark ? <Sun size={17} /> : <Moon size={17} />}
      </IconButton>
    </div>
  )
}
