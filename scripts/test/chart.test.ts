import { readFileSync, readdirSync } from 'node:fs'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { SERVICES } from '@todo/standalone'
import { settingsOf } from '@todo/dapr/services'
import { topicSettings } from '@todo/topics/topics'
import { TOPICS } from '@todo/model/events'
import { CONSUMERS } from '@todo/platform/dapr/topics'
import { SERVICE_NAMES } from '@todo/platform/service'
import type { ServiceName } from '@todo/platform/service'

interface Wired {
  secrets: Record<string, string>
  secretsFrom: 'environment' | 'dapr'
  usesDatabase?: boolean
  migrates?: boolean
  writesLinks?: boolean
  consumes: string[]
  callers: Record<string, unknown>
}

const CHART = new URL('../../k8s/helm/todo-app-cloud/', import.meta.url)
const read = (file: string): unknown => parse(readFileSync(new URL(file, CHART), 'utf8'))
const wiring = read('files/wiring.yaml') as Record<ServiceName, Wired>
const values = read('values.yaml') as { services: Record<ServiceName, unknown> }

test('the chart has the services that there are', () => {
  expect(Object.keys(wiring).toSorted()).toEqual([...SERVICE_NAMES].toSorted())
  expect(Object.keys(values.services).toSorted()).toEqual([...SERVICE_NAMES].toSorted())
})

describe.each(SERVICE_NAMES)('%s', (name) => {
  const service = SERVICES.find((candidate) => candidate.name === name)!
  const wired = wiring[name]

  test('may know what it may know on a laptop', () => {
    const all = { DATABASE_URL: '', DATABASE_POOLED_URL: '', AUTH_SECRET: '', STREAM_SECRET: '', CHANNEL_SECRET: '' }
    const known = Object.keys(settingsOf(name, {}, all)).filter((key) => !key.startsWith('DATABASE_'))
    const told = Object.keys(wired.secrets).filter((key) => key in all)
    expect(told.toSorted()).toEqual(known.toSorted())
    expect(wired.usesDatabase ?? false).toBe('DATABASE_URL' in settingsOf(name, {}, all))
  })

  test('has its tables made by the Job, where it owns tables', () => {
    expect(wired.migrates ?? false).toBe(service.migrations !== undefined)
  })

  test('consumes what it subscribes to', () => {
    const topics = TOPICS.filter((topic) => CONSUMERS[topic].includes(name))
    expect(wired.consumes.toSorted()).toEqual([...topics].toSorted())
    // A letter that was given up is given to its consumer again by the backend.
    expect('backend' in wired.callers).toBe(topics.length > 0)
  })

  test('asks its sidecar for secrets only where it answers nobody while that is away', () => {
    if (service.isOpen) expect(wired.secretsFrom).toBe('environment')
    else expect(wired.secretsFrom).toBe('dapr')
  })

  test('is told the address that its links begin with, if it writes any', () => {
    const needed = service.config.safeParse({})
    const names = needed.success ? [] : needed.error.issues.map(({ path }) => path.join('.'))
    expect(wired.writesLinks ?? false).toBe(names.includes('PUBLIC_URL'))
  })
})

test('components and topics are the very files of the laptop', () => {
  const laptop = new URL('../../dapr/components/', import.meta.url)
  expect(readdirSync(new URL('files/components/', CHART)).toSorted()).toEqual(readdirSync(laptop).toSorted())
  expect(read('files/topics.yaml')).toEqual(topicSettings())
})

test('alerts and the dashboard look at metrics that there are', async () => {
  const text = ['files/alerts.yaml', 'files/dashboard.json'].map((file) => readFileSync(new URL(file, CHART), 'utf8'))
  const named = new Set(
    text
      .join('\n')
      .match(/\btodo_[a-z_]+/g)
      ?.map((name) => name.replace(/_(bucket|count|sum)$/, '')),
  )
  const sources = ['backend/src', 'packages/platform/src', 'consumers/realtime/src', 'consumers/notification/src']
  const declared = new Set(
    sources.flatMap((folder) =>
      readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .flatMap(
          (file) =>
            readFileSync(new URL(`../../${folder}/${file}`, import.meta.url), 'utf8').match(/\btodo_[a-z_]+/g) ?? [],
        ),
    ),
  )
  expect(named.size).toBeGreaterThan(8)
  expect([...named].filter((name) => !declared.has(name))).toEqual([])
})
