import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import Circle from 'lucide-react/icons/circle'
import Search from 'lucide-react/icons/search'
import { Dialog } from 'radix-ui'
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react'
import { tasksApi } from '../../api/tasks-api.ts'
import { useOpenTask } from '../edit-task/open-task.ts'
import { Kbd } from '../../ui/kbd.tsx'
import { useLatest } from '../../ui/use-latest.ts'
import { type PaletteCommand, usePaletteCommands } from './palette-commands.tsx'

/** From so many letters on, tasks are looked for too. */
const MIN_LETTERS = 2
const SHOWN = 8

/** Goes anywhere and does anything by a few letters; tasks are found as by the search. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const [selected, setSelected] = useState('')
  const groups = usePaletteCommands()
  const run = (command: PaletteCommand) => {
    onClose()
    // The dialog gives the focus back first: what the command opens then takes it.
    setTimeout(command.run)
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          data-modal
          className="fixed inset-x-3 top-[max(12px,12vh)] z-40 mx-auto max-w-[580px] animate-rise overflow-hidden rounded-sheet border border-line bg-surface shadow-2 outline-none"
        >
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Command label="Commands" loop filter={matchWords} value={selected} onValueChange={setSelected}>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder="Go to, do, or find a task"
              dir="auto"
              className="h-13 w-full border-b border-line bg-transparent px-4 text-m outline-none"
            />
            <Command.List aria-label="Commands" className="max-h-[min(420px,60vh)] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-s text-ink-2">Nothing found.</Command.Empty>
              {groups.map((group) => (
                <Group key={group.name} name={group.name}>
                  {group.commands.map((command) => (
                    <Item key={command.id} command={command} onSelect={() => run(command)} />
                  ))}
                </Group>
              ))}
              <FoundTasks text={text} selected={selected} onSelect={setSelected} onDone={onClose} />
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** Marks what the server found: it fits whatever was typed, and comes after the commands that do. */
const FOUND = '\u0000found'

/** Every word that was typed begins a word of the command: best where it begins the command itself. */
function matchWords(_value: string, search: string, keywords: string[] = []): number {
  if (keywords.includes(FOUND)) return 0.1
  const words = keywords.join(' ').toLowerCase().split(/\s+/u)
  const typed = search.toLowerCase().trim().split(/\s+/u)
  if (!typed.every((part) => words.some((word) => word.startsWith(part)))) return 0
  return keywords[0]?.toLowerCase().startsWith(search.toLowerCase().trim()) ? 1 : 0.5
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={name}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  )
}

interface ItemProps {
  command: Omit<PaletteCommand, 'run'>
  onSelect: () => void
}

function Item({ command, onSelect }: ItemProps) {
  return (
    <Command.Item
      value={command.id}
      keywords={[command.label, ...(command.keywords ?? [])]}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-3 rounded-control px-2.5 py-1 text-s data-[selected=true]:bg-hover pointer-coarse:min-h-11 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-3"
    >
      {command.icon}
      <bdi className="min-w-0 flex-1 truncate">{command.label}</bdi>
      {command.shortcut?.split(' ').map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </Command.Item>
  )
}

interface FoundTasksProps {
  text: string
  selected: string
  onSelect: (value: string) => void
  onDone: () => void
}

function FoundTasks({ text, selected, onSelect, onDone }: FoundTasksProps) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { openTask } = useOpenTask()
  const q = useDeferredValue(text.trim())
  const { data } = useQuery(
    {
      queryKey: ['palette', q],
      queryFn: ({ signal }) => tasksApi.page({ state: 'open', q }, undefined, signal),
      enabled: q.length >= MIN_LETTERS,
      staleTime: 10_000,
      gcTime: 30_000,
    },
    client,
  )
  const commands = data?.items.slice(0, SHOWN).map(({ id, title }) => ({ id, label: title, keywords: [FOUND] })) ?? []
  const search = { id: 'search', label: `Search for “${q}”`, icon: <Search />, keywords: [FOUND] }
  // The search stood there alone until the tasks came: the best of them takes its place.
  const best = commands[0]?.id
  const latest = useLatest({ isSearchSelected: selected === search.id, onSelect })
  // Only when they come: who goes back to the search by the arrow keys means it.
  useEffect(() => {
    if (best !== undefined && latest.current.isSearchSelected) latest.current.onSelect(best)
  }, [best, latest])
  if (q.length < MIN_LETTERS) return null
  return (
    <Group name="Tasks">
      {commands.map((command) => (
        <Item
          key={command.id}
          command={{ ...command, icon: <Circle /> }}
          onSelect={() => {
            onDone()
            openTask(command.id)
          }}
        />
      ))}
      <Item
        command={search}
        onSelect={() => {
          onDone()
          void navigate({ to: '/search', search: { q } })
        }}
      />
    </Group>
  )
}
