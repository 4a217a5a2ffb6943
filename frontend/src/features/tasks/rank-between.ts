const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

interface Ranked {
  rank: string
}

/**
 * A rank between two neighbours, by which a moved task stands in its new place until the server has answered with
 * the real one. Compared as bytes, as ranks are; null: the end of the list.
 */
export function rankBetween(before: Ranked | null, after: Ranked | null): string {
  const low = before?.rank ?? ''
  let high = after && after.rank > low ? after.rank : null
  let rank = ''
  for (let index = 0; ; index++) {
    const from = Math.max(0, DIGITS.indexOf(low[index] ?? '0'))
    const to = high === null ? DIGITS.length : Math.max(from, DIGITS.indexOf(high[index] ?? '0'))
    if (to - from > 1) return rank + DIGITS[(from + to) >> 1]
    rank += DIGITS[from]
    if (to > from) high = null
    if (index > low.length + (high?.length ?? 0)) return `${rank}V`
  }
}
