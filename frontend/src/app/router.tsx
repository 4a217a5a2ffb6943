import { needsNoSession } from '@todo/model/pages'
import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  type NavigateOptions,
  Outlet,
  redirect,
  type RouteComponent,
  useLocation,
} from '@tanstack/react-router'
import { isUnauthorized } from '../api/api-error.ts'
import { isUnconfirmed, profileQuery } from '../features/account/person.ts'
import { leave } from '../features/account/leave.ts'
import { onSession } from '../features/account/session-tabs.ts'
import { LazyConfirmNotice } from '../features/confirm-email/lazy-confirm-notice.ts'
import { forgetUndos } from '../features/undo/undo-stack.ts'
import { filtersQuery } from '../features/sidebar/overview.ts'
import { readSearch, writeSearch } from '../features/views/view-filters.ts'
import { lazyNamed } from '../ui/lazy-named.ts'
import { isToasterWanted, watchToaster } from '../ui/notify.ts'
import { AppSkeleton, TasksSkeleton } from './app-skeleton.tsx'
import { MissingNotice, MissingScreen } from './missing-notice.tsx'
import { NotFound, RouteError } from './route-error.tsx'
import { SettingsSkeleton } from './settings-skeleton.tsx'

type Search = Record<string, string>

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  validateSearch: (search: Record<string, unknown>) => search as Search,
  errorComponent: RouteError,
  notFoundComponent: NotFound,
  component: RootFrame,
})

const Toaster = lazyNamed(() => import('../ui/toaster.tsx'), 'Toaster')

/** What stays on every screen: what was said within is still to be read before the sign-in. */
function RootFrame() {
  const hasToaster = useSyncExternalStore(watchToaster, isToasterWanted)
  return (
    <>
      <Outlet />
      <MissingNotice />
      {hasToaster && <Toaster />}
    </>
  )
}

const screen = { Failed: MissingScreen }
const authScreens = () => import('../features/auth/auth-screens.tsx')
const linkScreens = () => import('./link-screens.ts')
/** A screen that is not within the frame of the app. */
const bareRoute = <P extends string>(path: P, component: RouteComponent) =>
  createRoute({ getParentRoute: () => rootRoute, path, component })

const SETTINGS = '/settings'

function PendingApp() {
  const isSettings = useLocation({ select: ({ pathname }) => pathname === SETTINGS })
  return <AppSkeleton>{isSettings ? <SettingsSkeleton /> : <TasksSkeleton />}</AppSkeleton>
}

const dashboard = () => import('./dashboard.ts')

/** Everything behind the sign-in. */
const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: lazyNamed(dashboard, 'Shell', screen),
  pendingComponent: PendingApp,
  // In the place of the one that the page came with, and for no longer than needed.
  pendingMs: 0,
  pendingMinMs: 0,
  loader: async ({ context: { queryClient }, location }) => {
    void queryClient.prefetchQuery(filtersQuery)
    try {
      const person = await queryClient.ensureQueryData(profileQuery)
      // It stands above all else: later it would push that down.
      if (isUnconfirmed(person)) await LazyConfirmNotice.preload()
    } catch (error) {
      if (!isUnauthorized(error)) throw error
      throw redirect({ to: '/sign-in', search: { next: location.href } })
    }
  },
})

const viewScreen = lazyNamed(dashboard, 'CurrentViewScreen', screen)
const viewRoute = <P extends string>(path: P) =>
  createRoute({ getParentRoute: () => appRoute, path, component: viewScreen })

const indexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today', search: {}, replace: true })
  },
})
const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: SETTINGS,
  component: lazyNamed(() => import('../features/settings/settings-screen.tsx'), 'SettingsScreen', screen),
  pendingComponent: SettingsSkeleton,
  pendingMinMs: 0,
})

const routeTree = rootRoute.addChildren([
  bareRoute('/sign-in', lazyNamed(authScreens, 'SignIn', screen)),
  bareRoute('/sign-up', lazyNamed(authScreens, 'SignUp', screen)),
  bareRoute('/forgotten-password', lazyNamed(linkScreens, 'ForgottenPassword', screen)),
  bareRoute('/new-password', lazyNamed(linkScreens, 'NewPassword', screen)),
  bareRoute('/confirm-email', lazyNamed(linkScreens, 'ConfirmEmail', screen)),
  bareRoute(
    '/unsubscribe',
    lazyNamed(() => import('../features/unsubscribe/unsubscribe-screen.tsx'), 'UnsubscribeScreen', screen),
  ),
  appRoute.addChildren([
    indexRoute,
    viewRoute('/inbox'),
    viewRoute('/today'),
    viewRoute('/upcoming'),
    viewRoute('/all'),
    viewRoute('/search'),
    viewRoute('/bin'),
    viewRoute('/list/$listId'),
    viewRoute('/tag/$tag'),
    viewRoute('/filter/$filterId'),
    settingsRoute,
  ]),
])

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    scrollRestoration: true,
  })
}

export type AppRouter = ReturnType<typeof createAppRouter>

/**
 * The session has ended: to the sign-in page, and from there back to where the person was. Who has not been in yet is
 * sent there by the loader.
 */
export function leaveToSignIn(router: AppRouter, queryClient: QueryClient): void {
  const { pathname, href } = router.state.location
  const wasIn = queryClient.getQueryData(profileQuery.queryKey) !== undefined
  if (!wasIn || needsNoSession(pathname)) return
  forgetUndos()
  const leave: NavigateOptions = { to: '/sign-in', search: { next: href }, state: { hasEnded: true } }
  void router.navigate(leave).then(() => queryClient.clear())
}

/** What another tab did with the session that this one shares. */
export function followSession(router: AppRouter, queryClient: QueryClient): void {
  const isInside = () => !needsNoSession(router.state.location.pathname)
  onSession('ended', () => {
    if (isInside()) void leave(router, queryClient)
  })
  // Of the same person this tab shows everything already.
  onSession('begun', async () => {
    const before = queryClient.getQueryData(profileQuery.queryKey)?.id
    if (!isInside() || before === undefined) return
    const { id } = await queryClient.fetchQuery({ ...profileQuery, staleTime: 0 })
    if (id !== before) location.reload()
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
  interface HistoryState {
    /** On the sign-in page: there was a session, and it ended without being asked to. */
    hasEnded?: boolean
    /** On the sign-in page: the link of a mail has set it. */
    hasNewPassword?: boolean
    /** On the page for who forgot their password: what they had typed as theirs. */
    email?: string
    /** On the sign-in page: what a link of a mail leads to, with its token, which no address carries. */
    link?: string
  }
}
