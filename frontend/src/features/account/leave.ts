import type { QueryClient } from '@tanstack/react-query'
import type { AnyRouter, HistoryState } from '@tanstack/react-router'
import { dismissNotice } from '../../ui/notify.ts'
import { forgetUndos } from '../undo/undo-stack.ts'

/** To the sign-in page, with nothing of the person left in this tab but the theme. */
export async function leave(
  router: Pick<AnyRouter, 'navigate'>,
  client: QueryClient,
  state: HistoryState = {},
): Promise<void> {
  sessionStorage.clear()
  forgetUndos()
  void dismissNotice()
  // A link that was used is no place to come back to.
  await router.navigate({ to: '/sign-in', search: {}, state, replace: state.hasNewPassword === true })
  client.clear()
}
