import { AppError } from '@todo/platform/errors'

/**
 * Keeps a person from overwriting what they have not seen.
 * @param ifVersion the version that they saw; left out: whatever it is
 * @throws AppError `version-conflict` with what is there now
 */
export function checkVersion(current: { version: number }, ifVersion: number | undefined): void {
  if (ifVersion === undefined || ifVersion === current.version) return
  const detail = `You saw version ${ifVersion}, it is ${current.version} now: look at it and try again.`
  throw new AppError('version-conflict', detail, { current })
}
