import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'

interface Operation {
  parameters?: { in: string; name: string; required?: boolean; description?: string; schema: object }[]
  responses: Record<string, { description: string; content?: Record<string, { schema: { required: string[] } }> }>
}

let backend: TestBackend
let paths: Record<string, Record<string, Operation>>
beforeAll(async () => {
  backend = await createBackend()
  paths = (await backend.app.inject({ url: '/api/openapi.json' })).json().paths
})
afterAll(() => backend.close())

/** `POST /tasks` and the like, of the operations that take a header. */
function operationsWith(header: string): string[] {
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs)
      .filter(([, { parameters = [] }]) =>
        parameters.some(({ in: place, name }) => place === 'header' && name === header),
      )
      .map(([verb]) => `${verb.toUpperCase()} ${path.replace('/api/v1', '')}`),
  )
}

test('the document says which requests an Idempotency-Key makes happen once, and what answers a key used twice', () => {
  expect(operationsWith('Idempotency-Key').toSorted()).toEqual([
    'POST /channels',
    'POST /channels/{id}/test',
    'POST /filters',
    'POST /import/ics',
    'POST /lists',
    'POST /lists/{id}/restore',
    'POST /me/email',
    'POST /notifications/read',
    'POST /tasks',
    'POST /tasks/batch',
    'POST /tasks/quick',
    'POST /tasks/{id}/complete',
    'POST /tasks/{id}/end-series',
    'POST /tasks/{id}/move',
    'POST /tasks/{id}/reopen',
    'POST /tasks/{id}/reorder',
    'POST /tasks/{id}/restore',
    'POST /tasks/{id}/skip',
    'POST /tasks/{id}/snooze',
    'POST /tasks/{id}/subtasks',
  ])
  const { parameters = [], responses } = paths['/api/v1/tasks']!.post!
  const key = parameters.find(({ name }) => name === 'Idempotency-Key')
  expect(key).toMatchObject({ required: false, schema: { type: 'string', minLength: 1, maxLength: 255 } })
  expect(key!.description).toMatch(/once/)
  expect(responses['422']!.content!['application/problem+json']!.schema.required).toContain('code')
})

test('the document says which changes are guarded by If-Match, and what answers one that comes too late', () => {
  expect(operationsWith('If-Match').toSorted()).toEqual([
    'DELETE /lists/{id}',
    'DELETE /tasks/{id}',
    'DELETE /tasks/{id}/subtasks/{subtaskId}',
    'PATCH /lists/{id}',
    'PATCH /tasks/{id}',
    'PATCH /tasks/{id}/subtasks/{subtaskId}',
    'POST /lists/{id}/restore',
    'POST /tasks/{id}/complete',
    'POST /tasks/{id}/end-series',
    'POST /tasks/{id}/move',
    'POST /tasks/{id}/reopen',
    'POST /tasks/{id}/reorder',
    'POST /tasks/{id}/restore',
    'POST /tasks/{id}/skip',
    'POST /tasks/{id}/snooze',
    'POST /tasks/{id}/subtasks',
  ])
  const { responses } = paths['/api/v1/tasks/{id}']!.patch!
  expect(responses['409']!.description).toMatch(/current/)
  expect(Object.keys(responses['409']!.content!)).toEqual(['application/problem+json'])
})
