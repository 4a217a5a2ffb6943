import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { generate } from 'selfsigned'
import { createOutbound } from '../src/outbound/outbound.ts'

const outbound = createOutbound({ privateAddresses: 'allow', resolve: async () => ['127.0.0.1'] })

/** What the server heard, by the name that it was asked for. */
let heard: string[]
let certificate: string
let port: number
let close: () => Promise<void>
beforeEach(async () => {
  heard = []
  const subjectAltName = [{ type: 2 as const, value: 'hooks.example.org' }]
  const made = await generate([{ name: 'commonName', value: 'hooks.example.org' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: subjectAltName }],
  })
  certificate = made.cert
  const server = createServer({ key: made.private, cert: made.cert }, (request, response) => {
    heard.push(request.headers.host!)
    response.end('taken')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  close = () => new Promise((resolve) => server.close(() => resolve()))
})
afterEach(() => close())

const post = (host: string) => outbound({ url: `https://${host}:${port}/`, headers: {}, body: '{}' })

it('a host whose certificate nobody vouches for gets nothing', async () => {
  await expect(post('hooks.example.org')).rejects.toThrow(/could not be reached: .*(self-signed|certificate)/)
  expect(heard).toEqual([])
})

it('a host is who it is by the name that it was given, not by its address', async () => {
  const trusted = getCACertificates('default')
  setDefaultCACertificates([...trusted, certificate])
  try {
    expect(await post('hooks.example.org')).toMatchObject({ status: 200 })
    await expect(post('other.example.org')).rejects.toThrow(/could not be reached: .*altnames/)
    expect(heard).toEqual([`hooks.example.org:${port}`])
  } finally {
    setDefaultCACertificates(trusted)
  }
})
