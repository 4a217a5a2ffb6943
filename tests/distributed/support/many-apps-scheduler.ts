import { DaprJobScheduler } from '@todo/platform/dapr/job-scheduler'
import type { Job, JobHandler, JobScheduler } from '@todo/platform/job-scheduler'
import type { ServiceName } from '@todo/platform/service'
import { silent } from './house.ts'
import type { House } from './house.ts'
import { SidecarApp } from './sidecar-app.ts'

interface Planner {
  app: SidecarApp
  scheduler: DaprJobScheduler
}

/** One scheduler of which every service is an app of its own, with a sidecar of its own. */
export class ManyAppsScheduler implements JobScheduler {
  readonly #house: House
  readonly #round: string
  readonly #planners = new Map<ServiceName, Promise<Planner>>()

  /** @param round apps of the same one have the same jobs */
  constructor(house: House, round: string) {
    this.#house = house
    this.#round = round
  }

  handle(service: ServiceName, kind: string, handler: JobHandler): void {
    const known = this.#planners.get(service) ?? this.#create(service)
    const handling = known.then((planner) => {
      planner.scheduler.handle(service, kind, handler)
      return planner
    })
    this.#planners.set(service, handling)
  }

  async schedule(service: ServiceName, job: Job): Promise<void> {
    const planner = await this.#planners.get(service)
    await planner?.scheduler.schedule(service, job)
  }

  async cancel(service: ServiceName, name: string): Promise<void> {
    const planner = await this.#planners.get(service)
    await planner?.scheduler.cancel(service, name)
  }

  async start(): Promise<void> {
    const planners = await Promise.all(this.#planners.values())
    await Promise.all(planners.map(({ scheduler, app }) => scheduler.start().then(() => app.start())))
  }

  async stop(): Promise<void> {
    const planners = await Promise.all(this.#planners.values())
    await Promise.all(planners.map(({ scheduler }) => scheduler.stop()))
    await Promise.all(planners.map(({ app }) => app.stop()))
  }

  async #create(service: ServiceName): Promise<Planner> {
    const planner: Partial<Planner> = {}
    const app = await SidecarApp.create({
      house: this.#house,
      appId: `${service}-${this.#round}`,
      routes: { mount: (scope) => planner.scheduler?.mount(scope) },
    })
    const scheduler = new DaprJobScheduler({ client: app.client, service, log: silent })
    planner.scheduler = scheduler
    return { app, scheduler }
  }
}
