import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/longest-first.ts'

// As `npm start` has it: what tests start, in processes and in threads, is compiled once.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/todo-cloud', import.meta.url))

const postgres = './packages/platform/src/testing/postgres.ts'
const sharedApps = './tests/acceptance/support/shared-apps.ts'

/** One more than there are cores: some wait for a program to start, or for a time to come. */
const WITH_SOME_THAT_WAIT = availableParallelism() + 1

const testsIn = (...folders: string[]) => folders.map((folder) => `${folder}/test/**/*.test.ts`)

/** Some start whole programs, and a busy machine takes its time. */
const ON_POSTGRES = { globalSetup: [postgres], testTimeout: 60_000, hookTimeout: 60_000 }

/** Thirteen processes for an app. */
const STORIES_ON_DAPR = {
  isolate: false,
  maxWorkers: 1,
  globalSetup: [postgres, sharedApps],
  testTimeout: 120_000,
  hookTimeout: 180_000,
}

/** Stories that take the app as they find it (tests/acceptance/shared-app.ts). */
const SHARED_APP = [
  'bad-input',
  'changed-occurrences',
  'channels',
  'digest',
  'endpoints',
  'events',
  'finding-tasks',
  'forgotten-password',
  'history',
  'live-updates',
  'managing-tasks',
  'quick-add',
  'recurring-tasks',
  'reminder-mails',
  'reminders',
  'sent-again',
  'series',
  'two-people',
]

/**
 * Those that a release in a cluster can tell: what shares an app, and what has one of its own only because it leaves
 * thousands of events. Not among them: what needs other settings or a database of its own (accounts, tracing,
 * built-in-database, database-outage), what counts in one process (metrics), a command on a laptop (demo), and kills of
 * the whole program (crashes, crash-while-sending, quiet-hours), in whose place tests/cluster has its faults.
 */
const CLUSTER_STORIES = ['a-year', 'fuzz', ...SHARED_APP]

const storyFiles = (names: string[]) => names.map((name) => `tests/acceptance/${name}.test.ts`)

/** A shard runs some of the tests: only what all of them cover together can be judged, when their reports are merged. */
const isShard = process.argv.some((argument) => argument.startsWith('--shard'))

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    tags: [
      {
        name: 'slow',
        description:
          'Takes half of the time of all, with a twentieth of the tests: `npm run test:slow`, and not `npm test`.',
      },
    ],
    // Whole apps end with their workers.
    teardownTimeout: 60_000,
    projects: [
      {
        // Projects of another number of workers cannot run in the same group.
        test: {
          name: 'unit',
          // Pure rules: to load them anew for each file takes longer than to try them.
          isolate: false,
          maxWorkers: WITH_SOME_THAT_WAIT,
          sequence: { groupOrder: 1 },
          include: ['packages/model/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
          // Thousands of rules in one test take a second, and three on a slow machine beside two others.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          // Modules that keep a state, and a mock of one.
          name: 'unit-frontend',
          maxWorkers: WITH_SOME_THAT_WAIT,
          sequence: { groupOrder: 1 },
          include: ['frontend/test/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          name: 'integration',
          // Each file has a database of its own: to load the app anew for it took half of the processor time.
          isolate: false,
          maxWorkers: WITH_SOME_THAT_WAIT,
          sequence: { groupOrder: 1 },
          include: testsIn('backend', 'consumers/*'),
          ...ON_POSTGRES,
        },
      },
      {
        test: {
          // What they look at belongs to a whole process: its signals, its environment, its end.
          name: 'integration-platform',
          maxWorkers: WITH_SOME_THAT_WAIT,
          sequence: { groupOrder: 1 },
          include: testsIn('packages/platform', 'packages/topics', 'standalone', 'dapr'),
          ...ON_POSTGRES,
        },
      },
      {
        test: {
          name: 'acceptance',
          include: ['tests/acceptance/**/*.test.ts'],
          // What they are about runs in other processes.
          isolate: false,
          // They mostly wait, for a process to start or a time to come.
          maxWorkers: 4,
          sequence: { groupOrder: 2 },
          globalSetup: [postgres, sharedApps],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'distributed-acceptance',
          include: storyFiles(SHARED_APP),
          // By themselves: their app ends with them.
          sequence: { groupOrder: 6 },
          ...STORIES_ON_DAPR,
          env: { MODE: 'distributed' },
        },
      },
      {
        test: {
          name: 'distributed-own-app',
          include: ['tests/acceptance/**/*.test.ts'],
          exclude: storyFiles(SHARED_APP),
          sequence: { groupOrder: 7 },
          ...STORIES_ON_DAPR,
          env: { MODE: 'distributed' },
        },
      },
      {
        test: {
          name: 'distributed-redis',
          // What a bus is for: an effect once, a mail, every open tab, and nothing forgotten.
          include: storyFiles(['recurring-tasks', 'reminder-mails', 'live-updates', 'history']),
          sequence: { groupOrder: 8 },
          ...STORIES_ON_DAPR,
          env: { MODE: 'distributed on redis' },
        },
      },
      {
        test: {
          name: 'distributed',
          include: ['tests/distributed/**/*.test.ts'],
          // Kafka, a scheduler and many sidecars beside it.
          maxWorkers: 1,
          globalSetup: ['./tests/distributed/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'distributed-faults',
          include: ['tests/faults/**/*.test.ts'],
          // One app at a time, which has the machine for itself.
          maxWorkers: 1,
          // One restarts twenty processes, one after the other.
          testTimeout: 480_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['tests/cluster/*.test.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'cluster-acceptance',
          include: storyFiles(CLUSTER_STORIES),
          env: { MODE: 'cluster' },
          isolate: false,
          maxWorkers: 1,
          globalSetup: [sharedApps],
          sequence: { groupOrder: 5 },
          // One of them stops the whole release and starts it again.
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'cluster-static',
          include: ['tests/cluster/static/**/*.test.ts'],
          globalSetup: ['./tests/cluster/static/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          // As the acceptance tests.
          isolate: false,
          // Each keeps a browser and an app busy.
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          globalSetup: ['./tests/browser/support/global-setup.ts'],
          testTimeout: 45_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 5_000, interval: 20 } },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'backend/src/**/*.ts', 'consumers/*/src/**/*.ts', 'standalone/src/**/*.ts'],
      ...(isShard ? {} : { thresholds: { lines: 80, 'packages/model/src/**/*.ts': { lines: 95 } } }),
    },
  },
})
