import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '@todo/platform/free-port'
import { SERVICE_NAMES } from '@todo/platform/service'
import type { ServiceName } from '@todo/platform/service'
import { apply, kubectl, kubectlJson } from './support/commands.ts'
import { Forward } from './support/forward.ts'
import { RELEASE, currentRelease, evaluateIn, firstPodOf } from './support/release.ts'

const release = currentRelease()
const { namespace } = release

const firstOf = (service: ServiceName) => firstPodOf(namespace, service)

/** In the service's container: asks its sidecar, and prints the status and what was said. */
const ask = async (service: ServiceName, path: string) => {
  const script = `const answer = await fetch('http://127.0.0.1:3500/v1.0${path}', { headers: { 'dapr-api-token': process.env.DAPR_API_TOKEN } })
    process.stdout.write(JSON.stringify({ status: answer.status, text: await answer.text() }))`
  const pod = await firstOf(service)
  const said = await evaluateIn(namespace, pod.metadata.name, service, script)
  return JSON.parse(said) as { status: number; text: string }
}

describe('between the sidecars', () => {
  let forward: Forward
  let port: number

  beforeAll(async () => {
    port = await freePort()
    const { metadata } = await firstOf('audit')
    forward = await Forward.to(namespace, `pod/${metadata.name}`, port, 50002)
  })
  afterAll(() => forward.stop())

  test('nobody is spoken to without a certificate, and a sidecar shows its own', async () => {
    const socket: TLSSocket = connect({ port, host: '127.0.0.1', ALPNProtocols: ['h2'], rejectUnauthorized: false })
    const names = await new Promise<string | undefined>((resolve, reject) => {
      socket.once('secureConnect', () => resolve(socket.getPeerCertificate().subjectaltname))
      socket.once('error', reject)
    })
    expect(names).toContain(`spiffe://public/ns/${namespace}/audit`)
    // In TLS 1.3 the client hears only after the handshake that its certificate is missed.
    const refusal = await new Promise<string>((resolve) => {
      socket.once('error', ({ message }) => resolve(message))
      socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    })
    expect(refusal).toContain('certificate required')
  })

  test('the backend may ask the audit service for a history, and for nothing else', async () => {
    const id = '00000000-0000-7000-8000-000000000000'
    const history = await ask('backend', `/invoke/audit/method/internal/tasks/${id}/history`)
    expect(history).toMatchObject({ status: 200, text: expect.stringContaining('"items":[]') })
    const metrics = await ask('backend', '/invoke/audit/method/metrics')
    expect(metrics).toMatchObject({ status: 403 })
  })

  test.each(['realtime', 'notification', 'recurring-task'] as const)(
    '%s may ask the audit service nothing',
    async (service) => {
      const id = '00000000-0000-7000-8000-000000000000'
      const answer = await ask(service, `/invoke/audit/method/internal/tasks/${id}/history`)
      expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('PermissionDenied') })
    },
  )

  test('an app that is not ours is refused, though its sidecar has a certificate', async () => {
    const stranger = await startStranger()
    const script = `const answer = await fetch('http://127.0.0.1:3500/v1.0/invoke/audit/method/internal/tasks/x/history')
      process.stdout.write(JSON.stringify({ status: answer.status, text: await answer.text() }))`
    const said = JSON.parse(await evaluateIn(namespace, stranger, 'stranger', script)) as {
      status: number
      text: string
    }
    expect(said).toMatchObject({ status: 403, text: expect.stringContaining('PermissionDenied') })
    await kubectl('delete', 'pod', stranger, '-n', namespace, '--wait=false')
  })
})

/** A pod with a sidecar of its own, under a name that no access list has. */
async function startStranger(): Promise<string> {
  const name = 'stranger'
  const annotations = {
    'dapr.io/enabled': 'true',
    'dapr.io/app-id': name,
    'dapr.io/disable-builtin-k8s-secret-store': 'true',
  }
  const image = `localhost/todo-cloud-realtime:${release.versions.first}`
  const container = {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['node', '--eval', 'setInterval(() => {}, 1e6)'],
  }
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, annotations, labels: (release.values.podLabels ?? {}) as Record<string, string> },
    spec: { containers: [container], terminationGracePeriodSeconds: 1 },
  })
  await kubectl('wait', '-n', namespace, '--for=condition=Ready', `pod/${name}`, '--timeout=90s')
  return name
}

describe('secrets', () => {
  test('come to a consumer through its sidecar, only its own, and are not in its environment', async () => {
    const own = await ask('audit', `/secrets/secrets/${RELEASE}-database`)
    expect(own).toMatchObject({ status: 200, text: expect.stringContaining('database-url') })
    expect(await ask('audit', `/secrets/secrets/${RELEASE}-auth`)).toMatchObject({ status: 403 })
    const { metadata } = await firstOf('audit')
    const script = 'process.stdout.write(Object.keys(process.env).join(" "))'
    const names = await evaluateIn(namespace, metadata.name, 'audit', script)
    expect(names).not.toContain('DATABASE_URL')
  })

  test('of a consumer are read with a right to these alone', async () => {
    const can = (verb: string, secret: string) => {
      const who = `--as=system:serviceaccount:${namespace}:${RELEASE}-audit`
      return kubectl('auth', 'can-i', verb, `secret/${secret}`, '-n', namespace, who).then(
        () => true,
        () => false,
      )
    }
    expect(await can('get', `${RELEASE}-database`)).toBe(true)
    expect(await can('get', `${RELEASE}-auth`)).toBe(false)
    expect(await can('list', `${RELEASE}-database`)).toBe(false)
  })
})

describe('network policies', () => {
  test('let nothing in or out of a pod that none of them allows', async () => {
    interface Policy {
      metadata: { name: string }
      spec: {
        podSelector: { matchLabels: Record<string, string> }
        policyTypes: string[]
        ingress?: unknown[]
        egress?: unknown[]
      }
    }
    const { items } = await kubectlJson<{ items: Policy[] }>('get', 'networkpolicies', '-n', namespace)
    const deny = items.find(({ metadata }) => metadata.name === `${RELEASE}-deny`)
    expect(deny?.spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'] })
    expect(deny?.spec.ingress ?? []).toEqual([])
    expect(deny?.spec.egress ?? []).toEqual([])
    for (const part of [...SERVICE_NAMES, 'kafka', 'postgres', 'migrations', 'topics'])
      expect(items.map(({ metadata }) => metadata.name)).toContain(`${RELEASE}-${part}`)
  })
})
