import { expect, test } from 'vitest'
import { traceStateOf, wantedOf } from '@todo/platform/dapr/event-filter'

test('an event tells its name beside its content; a type or version that nobody declared tells none', () => {
  expect(traceStateOf('todo.task.completed.v1')).toBe('todo=task.completed')
  expect(traceStateOf('todo.task.completed.v99')).toBeUndefined()
  expect(traceStateOf('nonsense')).toBeUndefined()
})

test('a sidecar keeps back only what is declared and not wanted', () => {
  expect(wantedOf('task-updates', ['view.changed'])).toBe(
    '!has(event.tracestate) || !(event.tracestate in ["todo=task.changed", "todo=listener.probed"])',
  )
  expect(wantedOf('task-updates', ['view.changed', 'task.changed', 'listener.probed'])).toBeNull()
})
