import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { REPOSITORY } from './command.ts'

export const WORKFLOW = '.github/workflows/ci-cd.yaml'

interface Step {
  name?: string
  uses?: string
  run?: string
  env?: Record<string, string>
}

interface Job {
  'timeout-minutes'?: number
  permissions?: Record<string, string>
  environment?: string | { name: string }
  concurrency?: { group: string; 'cancel-in-progress': boolean }
  needs?: string | string[]
  if?: string
  strategy?: { matrix: Record<string, unknown> }
  steps: Step[]
}

export interface Workflow {
  permissions: Record<string, string>
  jobs: Record<string, Job>
}

export async function readWorkflow(): Promise<{ text: string; workflow: Workflow }> {
  const text = await readFile(join(REPOSITORY, WORKFLOW), 'utf8')
  return { text, workflow: parse(text) as Workflow }
}

/** Every step with a script, as `job/name of the step`. */
export function scriptsOf({ jobs }: Workflow): Map<string, string> {
  const steps = Object.entries(jobs).flatMap(([job, { steps }]) => steps.map((step) => ({ job, ...step })))
  return new Map(steps.flatMap(({ job, name, run }) => (run ? [[`${job}/${name ?? 'without a name'}`, run]] : [])))
}
