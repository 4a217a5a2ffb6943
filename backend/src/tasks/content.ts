import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import type { CreateTask, Subtask, SubtaskInput } from '@todo/model/task'

/** Tells a create that was sent again from another one with the same id. */
export function contentHash(input: CreateTask): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('base64url')
}

/** Subtasks as they were sent, each with an id; a repeated id gets a new one. */
export function identifySubtasks(inputs: z.output<typeof SubtaskInput>[]): Subtask[] {
  const seen = new Set<string>()
  return inputs.map(({ id = uuidv7(), title, completedAt }) => {
    const own = seen.has(id) ? uuidv7() : id
    seen.add(own)
    return { id: own, title, completedAt }
  })
}
