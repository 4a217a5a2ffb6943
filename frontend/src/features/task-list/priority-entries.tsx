import type { Priority, Task } from '@todo/model/task'
import Flag from 'lucide-react/icons/flag'
import type { MenuEntry } from '../../ui/anchored-menu.tsx'
import { PRIORITIES, PRIORITY_NAMES } from '../tasks/priority.ts'
import type { TaskActions } from '../tasks/task-actions.ts'
import { priorityChange } from '../tasks/task-words.ts'

const FLAG_COLORS: Readonly<Record<Priority, string>> = { high: 'text-high', medium: 'text-medium', low: 'text-low' }

/** The priorities to choose from; the one that all of the tasks have is ticked. */
export function priorityEntries(tasks: readonly Task[], actions: TaskActions): MenuEntry[] {
  return PRIORITIES.map((priority, index) => {
    const others = tasks.filter((task) => task.priority !== priority)
    return {
      label: PRIORITY_NAMES[priority],
      icon: <Flag className={FLAG_COLORS[priority]} />,
      shortcut: String(index + 1),
      isChecked: others.length === 0,
      onSelect: () => {
        if (others.length > 0) actions.patch(others, { priority }, priorityChange(others, priority))
      },
    }
  })
}
