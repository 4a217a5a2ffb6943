import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { inject } from 'vitest'
import { startSidecar } from '@todo/dapr/sidecar'
import type { Sidecar } from '@todo/dapr/sidecar'
import { DaprClient } from '@todo/platform/dapr/client'
import { mountSidecarRoutes } from '@todo/platform/dapr/sidecar-routes'
import type { SidecarRoutes } from '@todo/platform/dapr/sidecar-routes'
import { freePort } from '@todo/platform/free-port'
import { createHttpApp } from '@todo/platform/http/app'
import { mountOperationRoutes } from '@todo/platform/http/operation-routes'
import { silent } from './house.ts'
import type { House } from './house.ts'

const TOKENS = { dapr: 'shown-to-the-sidecar', app: 'shown-by-the-sidecar' }

export interface SidecarAppOptions {
  house: House
  appId: string
  routes?: Partial<Omit<SidecarRoutes, 'token'>>
  /** More routes of the app. */
  mount?: (app: FastifyInstance) => void
}

/** One app with its sidecar, the port of which is known before either runs. */
export class SidecarApp {
  readonly client: DaprClient
  readonly appId: string
  readonly #options: SidecarAppOptions
  readonly #httpPort: number
  readonly #app = createHttpApp({ log: silent })
  #isStopping = false
  #sidecar: Sidecar | null = null

  static async create(options: SidecarAppOptions): Promise<SidecarApp> {
    return new SidecarApp(options, await freePort())
  }

  private constructor(options: SidecarAppOptions, httpPort: number) {
    this.#options = options
    this.#httpPort = httpPort
    this.appId = options.appId
    this.client = new DaprClient({ port: httpPort, token: TOKENS.dapr })
  }

  /** What the app answers on, once it runs. */
  get port(): number {
    return (this.#app.server.address() as AddressInfo).port
  }

  async start(): Promise<void> {
    const { house, appId, routes, mount } = this.#options
    const nothing = () => {}
    const mounted = { subscriptions: () => [], mount: nothing, mountForServices: nothing, ...routes }
    const health = () => Promise.resolve({})
    mountOperationRoutes(this.#app, { isStopping: () => this.#isStopping, health, metrics: async () => '' })
    mountSidecarRoutes(this.#app, { token: TOKENS.app, ...mounted })
    mount?.(this.#app)
    await this.#app.listen({ host: '127.0.0.1', port: 0 })
    this.#sidecar = await startSidecar({
      appId,
      appPort: this.port,
      ...house,
      scheduler: inject('schedulerAddress'),
      tokens: TOKENS,
      httpPort: this.#httpPort,
      logFile: join(house.folder, `${appId}.log`),
      env: process.env,
    })
    await this.#sidecar.ready()
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await this.#sidecar?.stop()
    await this.#app.close()
  }
}
