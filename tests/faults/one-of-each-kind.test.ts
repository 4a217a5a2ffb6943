import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneOfEachKind } from './catalogue/faults.ts'
import { AppUnderFaults } from './support/app.ts'
import { resultLine } from './support/report.ts'
import { Seeded } from './support/seeded.ts'
import { TrialGround } from './support/trial.ts'

/** The same faults each time: what turns red is then the change, and chance is for `npm run soak`. */
const SEED = 13
const seed = Number(process.env.FAULTS_SEED ?? SEED)
/** With all that follows from them, they leave two slow cores room for a process that starts. */
const PER_SECOND = 30
const tell = (line: string) => process.stdout.write(`${line}\n`)
tell(`Faults of the seed ${seed}: again with FAULTS_SEED=${seed}`)
const chosen = oneOfEachKind(new Seeded(seed))

/** What is broken is told in words, and not as a difference of two values. */
function assertKept(problems: readonly string[]): void {
  expect(problems.length, problems.join('\n')).toBe(0)
}

/** Who ended, and who came back. */
const ofProcesses = (said: string) =>
  said
    .split('\n')
    .filter((line) => / again (in|\()/u.test(line))
    .slice(-60)
    .join('\n')

describe.each([...Map.groupBy(chosen, ({ replicas }) => replicas)])(
  '%i of each service, under load',
  (replicas, faults) => {
    let app: AppUnderFaults | undefined
    let ground: TrialGround

    beforeAll(async () => {
      app = await AppUnderFaults.start(replicas)
      ground = await TrialGround.open(app, new Seeded(seed), PER_SECOND)
    })

    afterAll(() => app?.close())

    test.each(faults.map((fault) => [`${fault.kind}: ${fault.name}`, fault] as const))(
      '%s: nothing is lost, doubled or refused',
      async (_name, fault) => {
        const result = await ground.run(fault)
        tell(resultLine(result))
        if (result.problems.length > 0) tell(`Of its processes it said:\n${ofProcesses(app!.said())}`)
        assertKept(result.problems)
      },
    )

    test('looked at as a whole, every promise is kept', async () => {
      assertKept(await ground.finish())
    })
  },
)
