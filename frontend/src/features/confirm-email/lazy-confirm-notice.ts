import { lazyNamed } from '../../ui/lazy-named.ts'

/** Only those fetch it whom it concerns. */
export const LazyConfirmNotice = lazyNamed(() => import('./confirm-notice.tsx'), 'ConfirmNotice')
