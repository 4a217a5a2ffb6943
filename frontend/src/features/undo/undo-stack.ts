import { newId } from '../../api/new-id.ts'
import { dismissNotice, notify } from '../../ui/notify.ts'

interface Undoable {
  id: string
  /** What was done: `“Pay the rent” moved`. */
  done: string
  undo: () => void
}

const KEPT = 50
let stack: Undoable[] = []

/**
 * Keeps the way back for `z` without a word, where what was done is plain to see. What is remembered already keeps its
 * place: more is known of it, and other things were done since. Answers its id.
 */
export function rememberUndo(done: string, undo: () => void, id: string = newId()): string {
  const entry = { id, done, undo }
  stack = isUndoOffered(id) ? stack.map((other) => (other.id === id ? entry : other)) : [...stack, entry].slice(-KEPT)
  return id
}

/** Says what was done, with a button to undo it; `z` undoes the last one. Answers the id of the toast. */
export function offerUndo(done: string, undo: () => void, id: string = newId()): string {
  rememberUndo(done, undo, id)
  void notify(done, { id, durationMs: 8_000, action: { label: 'Undo', run: () => void runUndo(id) } })
  return id
}

/** Takes back an offer, such as when the server refused what would be undone. */
export function withdrawUndo(id: string): void {
  stack = stack.filter((entry) => entry.id !== id)
  void dismissNotice(id)
}

/** The last change may be out of sight, so it is said what was undone. */
export function undoLast(): void {
  const last = stack.at(-1)
  if (last) runUndo(last.id)
  void notify(last ? `Undone: ${last.done}` : 'Nothing to undo', { id: 'undone', durationMs: 3_000 })
}

export const isUndoOffered = (id: string): boolean => stack.some((entry) => entry.id === id)

/** Nothing of one person is undone by the next. */
export function forgetUndos(): void {
  for (const { id } of stack) withdrawUndo(id)
}

function runUndo(id: string): void {
  const entry = stack.find((other) => other.id === id)
  withdrawUndo(id)
  entry?.undo()
}
