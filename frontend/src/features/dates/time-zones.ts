import { useMemo } from 'react'

/** Every zone that the browser knows, and the current one even where it does not. */
export function useTimeZones(current: string): string[] {
  return useMemo(() => [...new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')])].toSorted(), [current])
}
