import { Fragment } from 'react'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Modal } from '../../ui/modal.tsx'
import { modKey } from '../../ui/use-shortcuts.ts'

const GROUPS: readonly { name: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    name: 'Anywhere',
    keys: [
      ['q', 'Add a task'],
      ['/', 'Search (↓ to what it found)'],
      [`${modKey} k`, 'Commands'],
      ['z', 'Undo the last change'],
      ['g i', 'Inbox'],
      ['g t', 'Today'],
      ['g u', 'Upcoming'],
      ['g a', 'All tasks'],
      ['g b', 'Bin'],
      ['g s', 'Settings'],
      ['g d', 'Light or dark'],
      ['?', 'This help'],
    ],
  },
  {
    name: 'In a list',
    keys: [
      ['j k', 'Next, previous (or ↓ ↑)'],
      ['Home End', 'First, last'],
      ['Space c', 'Complete'],
      ['Enter e', 'Open'],
      ['F2', 'Rename in place'],
      ['1 2 3', 'High, medium, low (or p to choose)'],
      ['d', 'Due date'],
      ['r', 'Recurrence'],
      ['b', 'Reminders'],
      ['t', 'Tags'],
      ['m', 'Move to a list'],
      ['Del', 'Delete'],
      ['Alt ↑ ↓', 'Reorder (sorted manually)'],
      ['x', 'Pick; Shift ↑ ↓ picks more'],
      [`${modKey} a`, 'Pick all'],
      ['Esc', 'Pick none'],
    ],
  },
  {
    name: 'In a task',
    keys: [
      [`${modKey} Enter`, 'Save'],
      ['Esc', 'Close'],
      ['Alt ↑ ↓', 'Reorder a subtask'],
    ],
  },
]

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal title="Keyboard" onClose={onClose} size="l">
      <div className="grid gap-x-8 gap-y-5 overflow-y-auto p-5 sm:grid-cols-2">
        {GROUPS.map((group) => (
          <section key={group.name} className="first:sm:row-span-2">
            <h3 className="mb-2 text-xs font-semibold text-ink-3">{group.name}</h3>
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1.5 text-s">
              {group.keys.map(([keys, meaning]) => (
                <Fragment key={keys}>
                  <dt className="flex min-w-20 gap-1">
                    {keys.split(' ').map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
        <Button variant="primary" onClick={onClose} className="justify-self-end sm:col-span-2">
          Close
        </Button>
      </div>
    </Modal>
  )
}
