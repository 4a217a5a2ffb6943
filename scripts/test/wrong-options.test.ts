import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

test.each([
  ['scripts/demo.ts', '--color', 'npm run demo'],
  ['scripts/demo.ts', 'again', 'npm run demo'],
  ['scripts/contracts.ts', '--publish', 'npm run contracts'],
  ['bench/src/api.ts', '--seconds=none', 'npm run bench:api'],
  ['bench/src/events.ts', '--mode=both', 'npm run bench:events'],
  ['bench/src/reminders.ts', '--due=none', 'npm run bench:reminders'],
  ['tests/faults/main.ts', '--seed=x', 'npm run test:faults'],
])('%s %s is refused with how it is called', (file, option, usage) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, option], { cwd: ROOT, encoding: 'utf8' })
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain(usage)
  expect(stderr).not.toMatch(/^ {4}at /m)
})
