import { beforeEach, describe, expect, test, vi } from 'vitest'
import { dismissNotice, type Notice, notify } from '../src/ui/notify.ts'
import {
  forgetUndos,
  isUndoOffered,
  offerUndo,
  rememberUndo,
  undoLast,
  withdrawUndo,
} from '../src/features/undo/undo-stack.ts'

vi.mock('../src/ui/notify.ts', () => ({ notify: vi.fn<() => void>(), dismissNotice: vi.fn<() => void>() }))

const said = () => vi.mocked(notify).mock.calls.map(([message]) => message)

describe('undo', () => {
  let undone: string[]
  const undo = (name: string) => () => void undone.push(name)

  beforeEach(() => {
    forgetUndos()
    vi.clearAllMocks()
    undone = []
  })

  test('takes back the last change first, whether it was offered or only remembered, and says which', () => {
    offerUndo('“Rent” deleted', undo('delete'))
    rememberUndo('“Rent” moved', undo('move'))
    undoLast()
    undoLast()
    undoLast()
    expect(undone).toEqual(['move', 'delete'])
    expect(said()).toEqual(['“Rent” deleted', 'Undone: “Rent” moved', 'Undone: “Rent” deleted', 'Nothing to undo'])
  })

  test('by the button of its toast is not undone again by the key', () => {
    rememberUndo('first', undo('first'))
    const id = offerUndo('second', undo('second'))
    const notice = vi.mocked(notify).mock.lastCall?.[1] as Notice
    notice.action?.run()
    expect(dismissNotice).toHaveBeenCalledWith(id)
    undoLast()
    expect(undone).toEqual(['second', 'first'])
  })

  test('of what more becomes known later keeps its place: what was done since goes back first', () => {
    const done = offerUndo('“Rent” done', undo('done'))
    offerUndo('“Milk” deleted', undo('delete'))
    offerUndo('“Rent” done. Next: tomorrow', undo('done'), done)
    undoLast()
    undoLast()
    expect(undone).toEqual(['delete', 'done'])
    expect(said().at(-1)).toBe('Undone: “Rent” done. Next: tomorrow')
  })

  test('is not offered any more for what the server refused', () => {
    const id = offerUndo('“Rent” deleted', undo('delete'))
    withdrawUndo(id)
    expect(isUndoOffered(id)).toBe(false)
    undoLast()
    expect(undone).toEqual([])
  })

  test('keeps the last fifty changes', () => {
    for (let count = 1; count <= 60; count += 1) rememberUndo(`change ${count}`, undo(`change ${count}`))
    for (let count = 1; count <= 60; count += 1) undoLast()
    expect(undone).toHaveLength(50)
    expect(undone.at(-1)).toBe('change 11')
  })
})
