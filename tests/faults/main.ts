import { endWithUsage, readOptions } from '@todo/platform/command-options'
import { campaign } from './catalogue/faults.ts'
import { runFaults } from './support/campaign.ts'
import { resultLine, resultTable } from './support/report.ts'
import { Seeded } from './support/seeded.ts'
import type { Result } from './support/trial.ts'

const USAGE = `Faults, one after the other, under a load of 50 requests a second on the whole distributed app.

  npm run test:faults                    every fault once
  npm run test:faults -- --only kafka    those whose name has the words
  npm run test:faults -- --seed 7        as in the run that printed this seed
  npm run test:faults -- --list          tells which there are
  npm run soak -- --minutes 90           faults of chance for so long`

const { values, positionals } = readOptions(
  {
    seed: { type: 'string' },
    only: { type: 'string' },
    minutes: { type: 'string', default: '60' },
    list: { type: 'boolean' },
  },
  USAGE,
  true,
)

const say = (line: string) => process.stdout.write(`${line}\n`)
const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed)
if (!Number.isInteger(seed)) endWithUsage('--seed must be a whole number.', USAGE)
if (!(Number(values.minutes) > 0)) endWithUsage('--minutes must be a number above 0.', USAGE)
const random = new Seeded(seed)
const results: Result[] = []

if (values.list) for (const { name, kind } of campaign(random, values.only)) say(`${kind.padEnd(10)} ${name}`)
else process.exitCode = (await (positionals[0] === 'soak' ? soak() : once())) ? 0 : 1

async function once(): Promise<boolean> {
  const faults = campaign(random, values.only)
  if (faults.length === 0) endWithUsage(`No fault has the name ${values.only}: --list has all.`, USAGE)
  say(`${faults.length} faults, seed ${seed}`)
  return finish(await run(faults))
}

/** Rounds of all faults in another order each, until the time is over; the fault that runs then is the last one. */
async function soak(): Promise<boolean> {
  const end = Date.now() + Number(values.minutes) * 60_000
  say(`Faults for ${values.minutes} minutes, seed ${seed}`)
  const problems: string[] = []
  while (Date.now() < end) problems.push(...(await run(campaign(random, values.only), end)))
  return finish(problems)
}

function run(faults: ReturnType<typeof campaign>, end = Infinity): Promise<string[]> {
  const onResult = (result: Result) => {
    results.push(result)
    say(resultLine(result))
  }
  return runFaults(faults, { random, end, tell: say, onResult })
}

function finish(problems: readonly string[]): boolean {
  say(`\n${resultTable(results)}\n`)
  for (const problem of problems) say(`In the end: ${problem}`)
  const broken = results.filter(({ problems }) => problems.length > 0)
  const doubled = results.flatMap(({ fault, doubled }) =>
    doubled.map((mail) => `${fault.name}: ${mail}; ${fault.mayDouble ?? 'it must not'}`),
  )
  for (const mail of doubled) say(`A mail came twice. ${mail}`)
  say(`${results.length - broken.length} of ${results.length} faults broke nothing; repeat with --seed ${seed}`)
  return broken.length === 0 && problems.length === 0
}
