import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/** Those that take the longest, mostly with waiting, the longest first. */
export const LONG = [
  'tests/browser/reminders',
  'tests/acceptance/crash-while-sending',
  'standalone/test/refusals',
  'tests/acceptance/digest',
  'tests/browser/accessibility',
  'tests/browser/live',
  'tests/acceptance/reminders',
  'standalone/test/life',
  'tests/acceptance/crashes',
  'tests/browser/channels',
  'backend/test/digest',
  'tests/browser/push',
  'tests/browser/edit-task',
  'tests/acceptance/a-year',
  'tests/browser/finding',
  'tests/acceptance/fuzz',
  'packages/platform/test/embedded/job-scheduler',
  'tests/acceptance/reminder-mails',
  'packages/platform/test/dapr/run',
  'packages/platform/test/embedded/runtime',
]

/** Begins with what takes long: at the end, all would wait for it. Without a list, a clean clone begins with large files. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rest = await super.sort(files)
    return rest.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
  return place === -1 ? LONG.length : place
}
