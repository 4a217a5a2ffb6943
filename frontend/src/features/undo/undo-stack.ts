import { newId } from '../../api/new-id.ts'
import { dismissNotice, notify } from '../../ui/notify.ts'

interface Undoable {
  id: string
  undo: () => void
}

const KEPT = 50
let stack: Undoable[] = []

/** Says what was done, with a button to undo it; `z` undoes the last one. Answers the id of the toast. */
export function offerUndo(message: string, undo: () => void, id: string = newId()): string {
  stack = [...stack.filter((entry) => entry.id !== id), { id, undo }].slice(-KEPT)
  void notify(message, { id, durationMs: 8_000, action: { label: 'Undo', run: () => runUndo(id) } })
  return id
}

/** Takes back an offer, such as when the server refused what would be undone. */
export function withdrawUndo(id: string): void {
  stack = stack.filter((entry) => entry.id !== id)
  void dismissNotice(id)
}

export function undoLast(): void {
  const last = stack.at(-1)
  if (last) runUndo(last.id)
  else void notify('Nothing to undo')
}

export const isUndoOffered = (id: string): boolean => stack.some((entry) => entry.id === id)

function runUndo(id: string): void {
  const entry = stack.find((other) => other.id === id)
  withdrawUndo(id)
  entry?.undo()
}
