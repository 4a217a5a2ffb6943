import { lazyNamed } from '../ui/lazy-named.ts'
import { Opening } from '../ui/opening.tsx'
import { Markdown } from '../features/edit-task/lazy-markdown.tsx'
import { useOpenTask } from '../features/edit-task/open-task.ts'
import { useDialogs } from './dialogs.tsx'

const FAR = { Waiting: Opening }
const NEAR = { ...FAR, isNear: true }

const EditTaskModal = lazyNamed(
  () => {
    // What draws its notes comes beside it, not after it.
    void Markdown.preload()
    return import('../features/edit-task/edit-task-modal.tsx')
  },
  'EditTaskModal',
  NEAR,
)
const CommandPalette = lazyNamed(
  () => import('../features/command-palette/command-palette.tsx'),
  'CommandPalette',
  NEAR,
)
const KeyboardHelp = lazyNamed(() => import('../features/keyboard-help/keyboard-help.tsx'), 'KeyboardHelp', FAR)
const QuickAddDialog = lazyNamed(() => import('../features/quick-add/quick-add-dialog.tsx'), 'QuickAddDialog', NEAR)
const ListsSheet = lazyNamed(() => import('../features/sidebar/lists-sheet.tsx'), 'ListsSheet', NEAR)
const ListDialog = lazyNamed(() => import('../features/lists/list-dialog.tsx'), 'ListDialog', FAR)
const TagDialog = lazyNamed(() => import('../features/tags/tag-dialog.tsx'), 'TagDialog', FAR)
const SaveFilterDialog = lazyNamed(() => import('../features/views/save-filter-dialog.tsx'), 'SaveFilterDialog', FAR)

/** Draws the dialog that is open: one of the app's, and under it the task of the address. */
export function DialogHost() {
  const { current, close } = useDialogs()
  const { openTaskId } = useOpenTask()
  return (
    <>
      {openTaskId && <EditTaskModal key={openTaskId} taskId={openTaskId} />}
      {current?.kind === 'palette' && <CommandPalette onClose={close} />}
      {current?.kind === 'help' && <KeyboardHelp onClose={close} />}
      {current?.kind === 'quick-add' && <QuickAddDialog text={current.text ?? ''} onClose={close} />}
      {current?.kind === 'lists' && <ListsSheet onClose={close} />}
      {current?.kind === 'list' && <ListDialog {...(current.list && { list: current.list })} onClose={close} />}
      {current?.kind === 'tag' && <TagDialog name={current.name} onClose={close} />}
      {current?.kind === 'save-filter' && <SaveFilterDialog query={current.query} onClose={close} />}
    </>
  )
}
