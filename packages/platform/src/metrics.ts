import { Registry, collectDefaultMetrics } from 'prom-client'

/** The metrics of a process with several services: each has a registry of its own, whose samples carry its name. */
export class Metrics {
  readonly process = new Registry()
  readonly #registries: Registry[] = [this.process]

  constructor() {
    collectDefaultMetrics({ register: this.process })
  }

  of(service: string): Registry {
    const registry = new Registry()
    registry.setDefaultLabels({ service })
    this.#registries.push(registry)
    return registry
  }

  /** Prometheus text format 0.0.4: all samples of one metric stand together, under one HELP and TYPE. */
  async text(): Promise<string> {
    const texts = await Promise.all(this.#registries.map((registry) => registry.metrics()))
    const blocks = Map.groupBy(
      texts.flatMap((text) => text.split(/^(?=# HELP )/m)).filter((block) => block.startsWith('# HELP ')),
      (block) => block.split(' ', 3)[2],
    )
    const merged = [...blocks.values()].map(([first = '', ...others]) =>
      [first, ...others.map((block) => block.replace(/^#.*\n/gm, ''))].map((block) => block.trim()).join('\n'),
    )
    return `${merged.join('\n')}\n`
  }
}
