interface DeliveryErrorOptions {
  cause?: unknown
  /** Trying again would not help. */
  isForGood?: boolean
  /** Nothing will ever arrive there. */
  isGone?: boolean
  /** What the other side wrote, which is for the log alone. */
  answer?: string
  /** The other side asks to be left alone for so long. */
  retryAfterMs?: number | null
}

/** Why something did not arrive, in words for the person who wanted it. */
export class DeliveryError extends Error {
  override name = 'DeliveryError'
  readonly isForGood: boolean
  readonly isGone: boolean
  readonly answer: string | undefined
  readonly retryAfterMs: number

  constructor(message: string, { cause, isForGood, isGone, answer, retryAfterMs }: DeliveryErrorOptions = {}) {
    super(message, { cause })
    this.isGone = isGone ?? false
    this.isForGood = isForGood ?? this.isGone
    this.answer = answer
    this.retryAfterMs = retryAfterMs ?? 0
  }
}
