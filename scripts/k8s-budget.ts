// npm run k8s:budget: what all pods of a cluster ask for together, rendered from the chart and the values for DigitalOcean.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse, parseAllDocuments } from 'yaml'
import { requestsIn } from './k8s-budget/foundations.ts'
import { sum } from './k8s-budget/quantities.ts'
import { sharesOf } from './k8s-budget/rendered.ts'
import type { Manifest, Share } from './k8s-budget/rendered.ts'

/** Two nodes of two processors and 4 GB, less what Kubernetes itself and the cloud’s own pods take there. */
const BUDGET = { memory: 5_000, cpu: 3_200 }
const CHART = fileURLToPath(new URL('../k8s/helm/todo-app-cloud', import.meta.url))
const VALUES = fileURLToPath(new URL('../k8s/clusters/doks/values.yaml', import.meta.url))
/** What the app cannot run without, and what a cluster has besides. */
const FOUNDATIONS = ['dapr', 'strimzi', 'traefik', 'cert-manager', 'metrics-server']

const given = process.argv.slice(2)
const shares = [...FOUNDATIONS.map(foundation), ...rendered()]
const total = sum(shares.map(({ amount }) => amount))
for (const { what, amount } of [...shares, { what: 'all of it', amount: total }])
  console.log(
    `${String(Math.round(amount.cpu)).padStart(6)} m ${String(Math.round(amount.memory)).padStart(6)} MiB  ${what}`,
  )
console.log(`The budget is ${BUDGET.cpu} m and ${BUDGET.memory} MiB.`)
if (total.cpu > BUDGET.cpu || total.memory > BUDGET.memory) {
  console.error('It is more than two small nodes have: lower requests or replicas in the values, or take larger nodes.')
  process.exitCode = 1
}

function foundation(chart: string): Share {
  const file = new URL(`../k8s/clusters/doks/values/${chart}.yaml`, import.meta.url)
  return { what: chart, amount: requestsIn(chart, parse(readFileSync(file, 'utf8')) as Record<string, unknown>) }
}

/** The chart as it is deployed there; arguments go to Helm, such as `--set services.audit.replicas=1`. */
function rendered(): Share[] {
  const set = ['--set', 'publicUrl=https://todo.example.org', '--kube-version', '1.34.0']
  const args = ['template', 'todo-cloud', CHART, '--values', VALUES, ...set, ...given]
  const text = execFileSync('helm', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  })
  const manifests = parseAllDocuments(text).flatMap((document) => (document.toJS() as Manifest | null) ?? [])
  return sharesOf(manifests)
}
