import { pollUntil } from '@todo/platform/testing/poll-until'
import { kubectl, kubectlJson } from './commands.ts'
import type { Pod } from './release.ts'

export interface Used {
  pod: string
  container: string
  usedMiB: number
  requestMiB: number
  limitMiB: number
}

interface Summary {
  pods: {
    podRef: { name: string; namespace: string }
    containers?: { name: string; memory?: { workingSetBytes?: number } }[]
  }[]
}

const MIB = 1024 * 1024
const UNITS: Record<string, number> = { Ki: 1 / 1024, Mi: 1, Gi: 1024 }

/** A quantity of memory, as Kubernetes writes it, in MiB. 0 for none. */
function mebibytes(quantity: string | undefined): number {
  const [, amount = '0', unit = ''] = /^(\d+)(Ki|Mi|Gi)?$/.exec(quantity ?? '0') ?? []
  return Math.round(unit ? Number(amount) * (UNITS[unit] ?? 1) : Number(amount) / MIB)
}

/** What every container of a namespace works with now, as its kubelet sees it, and what it has asked for. */
export function memoryOf(namespace: string): Promise<Used[]> {
  return pollUntil(() => measure(namespace), {
    timeoutMs: 60_000,
    intervalMs: 2_000,
    what: 'all containers are measured',
  })
}

async function measure(namespace: string): Promise<Used[]> {
  const pods = await kubectlJson<{ items: Pod[] }>(
    'get',
    'pods',
    '-n',
    namespace,
    '--field-selector=status.phase=Running',
  )
  const nodes = await kubectl('get', 'nodes', '--output=jsonpath={.items[*].metadata.name}')
  const raw = await Promise.all(
    nodes.split(' ').map((node) => kubectl('get', '--raw', `/api/v1/nodes/${node}/proxy/stats/summary`)),
  )
  const measured = raw.flatMap((text) => (JSON.parse(text) as Summary).pods)
  return pods.items.flatMap(({ metadata, spec }) =>
    spec.containers.map(({ name, resources }) => {
      const ofPod = measured.find(({ podRef }) => podRef.name === metadata.name && podRef.namespace === namespace)
      const bytes = ofPod?.containers?.find((container) => container.name === name)?.memory?.workingSetBytes
      if (bytes === undefined)
        throw new Error(`The kubelet does not know yet what ${name} of ${metadata.name} works with`)
      return {
        pod: metadata.name,
        container: name,
        usedMiB: Math.round(bytes / MIB),
        requestMiB: mebibytes(resources?.requests?.memory),
        limitMiB: mebibytes(resources?.limits?.memory),
      }
    }),
  )
}

export function memoryTable(used: readonly Used[]): string {
  const rows = used.map(
    (row) => `| ${row.pod} | ${row.container} | ${row.usedMiB} | ${row.requestMiB} | ${row.limitMiB} |`,
  )
  return ['| pod | container | MiB | request | limit |', '|---|---|---|---|---|', ...rows].join('\n')
}
