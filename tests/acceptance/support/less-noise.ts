const TRIES = 5

/**
 * For promises about time, where a machine that is busy with something else must not fail us: of five tries one has
 * to keep the promise. What is really too slow is too slow five times.
 */
export async function untilLessNoise(measure: () => Promise<void>): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await measure()
    } catch (error) {
      if (tried >= TRIES) throw error
    }
  }
}
