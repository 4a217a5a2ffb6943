/** What differs by less moves nothing that an eye could see. */
const TOLERANCE_PX = 0.5

/** How high the rows of a list are: measured, or as high as those of their shape were on average. */
export class RowHeights {
  readonly #byKey = new Map<string, number>()
  readonly #byShape = new Map<string, { sum: number; count: number }>()

  heightOf(key: string, shape: string, estimate: number): number {
    const measured = this.#byKey.get(key)
    if (measured !== undefined) return measured
    const alike = this.#byShape.get(shape)
    return alike ? alike.sum / alike.count : estimate
  }

  /** Answers whether the row turned out to be of another height than it was taken for. */
  measured(key: string, shape: string, height: number, taken: number): boolean {
    const before = this.#byKey.get(key)
    if (before !== undefined && Math.abs(before - height) < TOLERANCE_PX) return false
    // One that fits keeps the height that it was taken for: it would else change with the average.
    const isAsTaken = Math.abs(taken - height) < TOLERANCE_PX
    this.#byKey.set(key, isAsTaken ? taken : height)
    const alike = this.#byShape.get(shape) ?? { sum: 0, count: 0 }
    this.#byShape.set(shape, {
      sum: alike.sum + height - (before ?? 0),
      count: alike.count + (before === undefined ? 1 : 0),
    })
    return !isAsTaken
  }
}
