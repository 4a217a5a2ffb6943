import { tagKey } from '@todo/model/tag-key'
import type { Due, Task } from '@todo/model/task'
import Calendar from 'lucide-react/icons/calendar'
import Flag from 'lucide-react/icons/flag'
import Tag from 'lucide-react/icons/tag'
import { MenuButton } from '../../ui/menu-button.tsx'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { DueButton } from '../dates/due-button.tsx'
import { TagPicker } from '../tags/tag-picker.tsx'
import { useTaskActions } from '../tasks/task-actions.ts'
import { quoted } from '../tasks/task-words.ts'
import { priorityEntries } from './priority-entries.tsx'
import { dueMessage, reschedulePatch } from './reschedule.ts'

interface BulkFieldsProps {
  tasks: readonly Task[]
  buttonClass: string
}

/** Due date, priority and tags of all tasks that are picked; those that stay on the list stay picked for the next one. */
export function BulkFields({ tasks, buttonClass }: BulkFieldsProps) {
  const actions = useTaskActions()
  const clock = useDayClock()
  const reschedule = (due: Due | null) =>
    actions.patchEach(tasks, (task) => reschedulePatch(task, due), dueMessage(tasks, due, clock))
  return (
    <>
      <DueButton
        data-bulk="due"
        due={null}
        canClear={tasks.some((task) => task.due)}
        onChoose={reschedule}
        className={buttonClass}
      >
        <Calendar aria-hidden /> Due
      </DueButton>
      <MenuButton
        data-bulk="priority"
        menuLabel="Priority of the picked tasks"
        entries={() => priorityEntries(tasks, actions)}
        className={buttonClass}
      >
        <Flag aria-hidden /> Priority
      </MenuButton>
      <PopoverButton
        data-bulk="tags"
        popoverLabel="Tags of the picked tasks"
        className={buttonClass}
        content={() => (
          <TagPicker
            value={sharedTags(tasks)}
            onChange={(tags) => actions.patchEach(tasks, retag(tasks, tags), `Tags of ${quoted(tasks)} changed`)}
          />
        )}
      >
        <Tag aria-hidden /> Tags
      </PopoverButton>
    </>
  )
}

const hasTag = (tags: readonly string[], tag: string): boolean => tags.some((own) => tagKey(own) === tagKey(tag))

function sharedTags([first, ...others]: readonly Task[]): string[] {
  return first?.tags.filter((tag) => others.every((task) => hasTag(task.tags, tag))) ?? []
}

/** What was put on all of them or taken off, beside the tags that only some have. */
function retag(tasks: readonly Task[], chosen: readonly string[]) {
  const shared = sharedTags(tasks)
  const gone = shared.filter((tag) => !hasTag(chosen, tag))
  const fresh = chosen.filter((tag) => !hasTag(shared, tag))
  return ({ tags }: Task) => ({
    tags: [...tags.filter((tag) => !hasTag(gone, tag)), ...fresh.filter((tag) => !hasTag(tags, tag))],
  })
}
