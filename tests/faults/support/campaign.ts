import { errorMessage } from '@todo/platform/errors'
import { AppUnderFaults } from './app.ts'
import type { Fault } from './fault.ts'
import type { Seeded } from './seeded.ts'
import { TrialGround } from './trial.ts'
import type { Result } from './trial.ts'

export interface CampaignOptions {
  random: Seeded
  /** No fault begins after this time, in milliseconds since 1970; never when left out. */
  end?: number
  /** As each fault is done. */
  onResult: (result: Result) => void
  /** What is going on. */
  tell: (line: string) => void
}

/** Runs faults, those of one number of replicas on one app. Answers what is wrong with the whole in the end. */
export async function runFaults(faults: readonly Fault[], options: CampaignOptions): Promise<string[]> {
  const problems: string[] = []
  for (const [replicas, some] of Map.groupBy(faults, ({ replicas }) => replicas)) {
    if (Date.now() < (options.end ?? Infinity)) problems.push(...(await onOneApp(replicas, some, options)))
  }
  return problems
}

async function onOneApp(replicas: number, faults: readonly Fault[], options: CampaignOptions): Promise<string[]> {
  const { random, tell, onResult, end = Infinity } = options
  tell(`Starting the app with ${replicas} of each service …`)
  const app = await AppUnderFaults.start(replicas)
  try {
    const ground = await TrialGround.open(app, random)
    for (const fault of faults) {
      if (Date.now() >= end) break
      tell(`${fault.name} …`)
      onResult(await ground.run(fault))
    }
    return await ground.finish()
  } catch (error) {
    return [`the campaign goes on: ${errorMessage(error)}; the app said:\n${app.said().slice(-3_000)}`]
  } finally {
    await app.close()
  }
}
