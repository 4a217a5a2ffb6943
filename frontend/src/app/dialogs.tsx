import type { List } from '@todo/model/list'
import { createContext, type ReactNode, use, useState } from 'react'

/** The dialogs that may be opened from anywhere; one at a time. */
export type AppDialog =
  | { kind: 'palette' }
  | { kind: 'help' }
  | { kind: 'quick-add'; text?: string }
  | { kind: 'lists' }
  | { kind: 'list'; list?: List }
  | { kind: 'tag'; name: string }
  | { kind: 'save-filter'; query: string }

interface Dialogs {
  current: AppDialog | null
  open: (dialog: AppDialog) => void
  close: () => void
}

const DialogsContext = createContext<Dialogs | null>(null)

export function DialogsProvider({ children }: { children: ReactNode }) {
  const [current, setCurrent] = useState<AppDialog | null>(null)
  const dialogs = { current, open: setCurrent, close: () => setCurrent(null) }
  return <DialogsContext value={dialogs}>{children}</DialogsContext>
}

export function useDialogs(): Dialogs {
  const dialogs = use(DialogsContext)
  if (!dialogs) throw new Error('useDialogs needs a DialogsProvider around it')
  return dialogs
}
