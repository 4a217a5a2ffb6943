import { Suspense } from 'react'
import { AnchoredMenu } from '../ui/menu-button.tsx'
import { lazyNamed } from '../ui/lazy-named.ts'
import { AnchoredPopover } from '../ui/popover-button.tsx'
import { Markdown } from '../features/edit-task/lazy-markdown.ts'
import { useOpenTask } from '../features/edit-task/open-task.ts'
import { QuickAddChips } from '../features/quick-add/quick-add-form.tsx'
import { useDialogs } from './dialogs.tsx'

const EditTaskModal = lazyNamed(() => {
  // What draws its notes comes beside it, not after it.
  void Markdown.preload()
  return import('../features/edit-task/edit-task-modal.tsx')
}, 'EditTaskModal')
const CommandPalette = lazyNamed(() => import('../features/command-palette/command-palette.tsx'), 'CommandPalette')
const KeyboardHelp = lazyNamed(() => import('../features/keyboard-help/keyboard-help.tsx'), 'KeyboardHelp')
const QuickAddDialog = lazyNamed(() => import('../features/quick-add/quick-add-dialog.tsx'), 'QuickAddDialog')
const ListsSheet = lazyNamed(() => import('../features/sidebar/lists-sheet.tsx'), 'ListsSheet')
const ListDialog = lazyNamed(() => import('../features/lists/list-dialog.tsx'), 'ListDialog')
const TagDialog = lazyNamed(() => import('../features/tags/tag-dialog.tsx'), 'TagDialog')
const SaveFilterDialog = lazyNamed(() => import('../features/views/save-filter-dialog.tsx'), 'SaveFilterDialog')

/**
 * Fetches what is a click away once the first screen stands, so that nothing waits for code. Not without a network:
 * browsers keep a failed import for as long as the page lives.
 */
export function preloadDialogs(): void {
  if (!navigator.onLine) return
  for (const part of [AnchoredMenu, AnchoredPopover, EditTaskModal, QuickAddDialog, CommandPalette, QuickAddChips])
    void part.preload()
}

/** Draws the dialog that is open: one of the app's, and under it the task of the address. */
export function DialogHost() {
  const { current, close } = useDialogs()
  const { openTaskId } = useOpenTask()
  return (
    <Suspense>
      {openTaskId && <EditTaskModal key={openTaskId} taskId={openTaskId} />}
      {current?.kind === 'palette' && <CommandPalette onClose={close} />}
      {current?.kind === 'help' && <KeyboardHelp onClose={close} />}
      {current?.kind === 'quick-add' && <QuickAddDialog text={current.text ?? ''} onClose={close} />}
      {current?.kind === 'lists' && <ListsSheet onClose={close} />}
      {current?.kind === 'list' && <ListDialog {...(current.list && { list: current.list })} onClose={close} />}
      {current?.kind === 'tag' && <TagDialog name={current.name} onClose={close} />}
      {current?.kind === 'save-filter' && <SaveFilterDialog query={current.query} onClose={close} />}
    </Suspense>
  )
}
