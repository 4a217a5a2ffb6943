import { afterEach, expect, it, vi } from 'vitest'
import { deviceRegion } from '../src/features/auth/device-region.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function playDevice({ languages, timeZone }: { languages: string[]; timeZone: string }): void {
  vi.stubGlobal('navigator', { languages, language: languages[0] })
  const own = Intl.DateTimeFormat('en-US').resolvedOptions()
  vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue({ ...own, timeZone })
}

it('a new person starts with the zone, the language and the week of their device', () => {
  playDevice({ languages: ['de-DE', 'en'], timeZone: 'Europe/Berlin' })
  expect(deviceRegion()).toEqual({ timeZone: 'Europe/Berlin', locale: 'de-DE', weekStart: 1 })
  playDevice({ languages: ['en-US'], timeZone: 'America/New_York' })
  expect(deviceRegion()).toEqual({ timeZone: 'America/New_York', locale: 'en-US', weekStart: 7 })
})

it('a device that names a language or a zone that nobody knows keeps nobody from signing up', () => {
  playDevice({ languages: ['en-US@posix', 'fr-CA'], timeZone: 'Etc/Unknown' })
  expect(deviceRegion()).toEqual({ timeZone: 'UTC', locale: 'fr-CA', weekStart: 7 })
  playDevice({ languages: ['en-US@posix'], timeZone: 'Europe/Paris' })
  expect(deviceRegion()).toEqual({ timeZone: 'Europe/Paris', locale: 'en-US', weekStart: 7 })
})
