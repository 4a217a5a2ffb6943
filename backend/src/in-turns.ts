import { setImmediate as nextTick } from 'node:timers/promises'

/** How long one turn holds up everything else in this process. */
const TURN_MS = 5

let lastTurn: Promise<void> = Promise.resolve()

/**
 * Does long work in short turns, one at a time in the whole process and between any two of them whatever else waits: a
 * hundred such works at once make each other slower, and nobody else.
 * @param mostMs of its own time; null when that was not enough
 */
export async function inTurns<T>(work: Generator<void, T>, mostMs: number): Promise<T | null> {
  for (let spentMs = 0; spentMs < mostMs;) {
    lastTurn = lastTurn.then(() => nextTick())
    await lastTurn
    const begun = performance.now()
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) return step.value
      if (performance.now() - begun >= TURN_MS) break
    }
    spentMs += performance.now() - begun
  }
  return null
}
