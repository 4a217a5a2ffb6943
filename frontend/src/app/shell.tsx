import { Outlet, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { isUnconfirmed, usePerson } from '../features/account/person.ts'
import { LazyConfirmNotice } from '../features/confirm-email/lazy-confirm-notice.ts'
import { DayClock } from '../features/dates/day-clock.tsx'
import { LiveStateContext } from '../features/live/live-state.ts'
import { useLiveUpdates } from '../features/live/use-live-updates.ts'
import { BottomBar } from '../features/sidebar/bottom-bar.tsx'
import { OverviewProvider } from '../features/sidebar/overview.ts'
import { Sidebar } from '../features/sidebar/sidebar.tsx'
import { TopBar } from '../features/views/top-bar.tsx'
import { DialogsProvider } from './dialogs.tsx'
import { DialogHost } from './dialog-host.tsx'
import { GlobalShortcuts } from './global-shortcuts.tsx'
import { lazyNamed, preloadNear } from '../ui/lazy-named.ts'
import { wantToaster } from '../ui/notify.ts'
import { useMediaQuery } from '../ui/use-media-query.ts'

const NotificationToasts = lazyNamed(
  () => import('../features/notifications/notification-toasts.tsx'),
  'NotificationToasts',
)

const PushListener = lazyNamed(() => import('../features/channels/push-listener.tsx'), 'PushListener')

const SnoozeLink = lazyNamed(() => import('../features/reminders/snooze-link.tsx'), 'SnoozeLink')

/** The frame around every screen of a signed-in person. */
export function Shell() {
  return (
    <DayClock>
      <DialogsProvider>
        <OverviewProvider>
          <LiveFrame />
        </OverviewProvider>
      </DialogsProvider>
    </DayClock>
  )
}

/** The first screen stands: what is not needed for it may be fetched. */
function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false)
  useEffect(() => {
    const timers = [setTimeout(() => setSettled(true), 250), setTimeout(() => void preloadNear(), 1_500)]
    return () => timers.forEach(clearTimeout)
  }, [])
  return isSettled
}

function LiveFrame() {
  const isSettled = useSettled()
  useEffect(() => {
    if (isSettled) wantToaster()
  }, [isSettled])
  const liveState = useLiveUpdates(isSettled)
  const person = usePerson()
  const { snooze, of } = useSearch({ strict: false }) as { snooze?: string; of?: string }
  // What is hidden is not drawn either: a sidebar of lists and tags takes longer than the tasks.
  const isWide = useMediaQuery('(min-width: 768px)')
  return (
    <LiveStateContext value={liveState}>
      <a
        href="#main"
        className="sr-only focus-visible:not-sr-only focus-visible:fixed focus-visible:top-2 focus-visible:left-2 focus-visible:z-50 focus-visible:rounded-control focus-visible:bg-surface focus-visible:px-3 focus-visible:py-2 focus-visible:shadow-2"
      >
        Skip to the tasks
      </a>
      <div className="min-h-dvh md:grid md:grid-cols-[248px_minmax(0,1fr)]">
        {isWide && <Sidebar />}
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[944px] min-w-0 px-4 pb-32 outline-none md:px-8">
          {isUnconfirmed(person) && <LazyConfirmNotice />}
          <TopBar />
          <Outlet />
        </main>
      </div>
      {!isWide && <BottomBar />}
      <GlobalShortcuts />
      <DialogHost />
      {isSettled && <NotificationToasts />}
      {isSettled && <PushListener />}
      {snooze && of && <SnoozeLink choice={snooze} taskId={of} />}
    </LiveStateContext>
  )
}
