/** How many typing errors are forgiven in a word: none in the shortest, where every word is near, and none in numbers. */
export function forgivenErrors(typed: string): number {
  if (/\p{N}/u.test(typed) || typed.length < 3) return 0
  return typed.length < 6 ? 1 : 2
}

/** A beginning of a word is forgiven one error, from so many letters on. */
const MIN_BEGINNING = 5

/**
 * How many letters of what was typed are too many, left out, another, or swapped with their neighbour, against each
 * beginning of a word, from the empty one to the whole: the optimal string alignment distance (Boytsov, “Indexing
 * methods for approximate dictionary searching”, 2011, §2.2).
 * @param most what is more than that is only told to be more; it need not be counted
 */
export function typingErrors(typed: string, word: string, most = typed.length + word.length): number[] {
  let twoAgo: number[] = []
  let last = Array.from({ length: word.length + 1 }, (_, column) => column)
  let fewestBefore = 0
  for (let row = 1; row <= typed.length; row += 1) {
    // Further off this row's place are more errors than that.
    const [from, to] = [Math.max(1, row - most), Math.min(word.length, row + most)]
    const current = last.map(() => most + 1)
    if (row <= most) current[0] = row
    let fewest = current[0]!
    for (let column = from; column <= to; column += 1) {
      const same = typed[row - 1] === word[column - 1]
      let errors = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      if (row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1]) {
        errors = Math.min(errors, twoAgo[column - 2]! + 1)
      }
      current[column] = errors
      fewest = Math.min(fewest, errors)
    }
    // What follows adds to this row, or one for a swap to the row before.
    if (fewest > most && fewestBefore >= most) return current
    fewestBefore = fewest
    ;[twoAgo, last] = [last, current]
  }
  return last
}

export interface NearWord {
  word: string
  errors: number
}

/** About a millisecond. */
const WORDS_A_STEP = 500

/** So many near words are kept of each: more would find half of everything. */
const MAX_NEAR = 8

/** Words that somebody uses, and which of them may be meant by one with typing errors. */
export class Vocabulary {
  /** Each with the set of its letters, by which most of the others are told apart without comparing them. */
  readonly #letters = new Map<string, number>()

  constructor(words: Iterable<string> = []) {
    this.add(words)
  }

  add(words: Iterable<string>): void {
    for (const word of words) this.#letters.set(word, lettersOf(word))
  }

  get size(): number {
    return this.#letters.size
  }

  /** Whether it is a word, or the beginning of one. */
  has(typed: string): boolean {
    if (this.#letters.has(typed)) return true
    for (const word of this.#letters.keys()) if (word.startsWith(typed)) return true
    return false
  }

  /**
   * The nearest first; where no whole word is near, the beginnings of some. It pauses every so many words, since 50,000 that
   * are alike take 50 ms: whoever asks decides when it goes on.
   */
  *near(typed: string): Generator<void, NearWord[]> {
    const most = forgivenErrors(typed)
    if (most === 0) return []
    const whole = yield* this.#wholeWords(typed, most)
    return nearest(typed, whole.length > 0 || typed.length < MIN_BEGINNING ? whole : yield* this.#beginnings(typed))
  }

  *#wholeWords(typed: string, most: number): Generator<void, NearWord[]> {
    const typedLetters = lettersOf(typed)
    const near: NearWord[] = []
    let looked = 0
    for (const [word, letters] of this.#letters) {
      if (++looked % WORDS_A_STEP === 0) yield
      if (Math.abs(typed.length - word.length) > most) continue
      if (countOf(typedLetters & ~letters) > most || countOf(letters & ~typedLetters) > most) continue
      const errors = typingErrors(typed, word, most).at(-1)!
      if (errors <= most) near.push({ word, errors })
    }
    return near
  }

  *#beginnings(typed: string): Generator<void, NearWord[]> {
    const typedLetters = lettersOf(typed)
    const near: NearWord[] = []
    let looked = 0
    for (const [word, letters] of this.#letters) {
      if (++looked % WORDS_A_STEP === 0) yield
      if (word.length < typed.length || countOf(typedLetters & ~letters) > 1) continue
      const errors = typingErrors(typed, word.slice(0, typed.length + 1), 1)
      const length = [typed.length, typed.length + 1, typed.length - 1].find((each) => errors[each]! <= 1)
      if (length !== undefined) near.push({ word: word.slice(0, length), errors: 1 })
    }
    return near
  }
}

/** The nearest of several vocabularies, each word once; between equals those that begin as it was typed. */
export function nearest(typed: string, words: NearWord[]): NearWord[] {
  const once = [...new Map(words.map((near) => [near.word, near])).values()]
  const shared = new Map(once.map(({ word }) => [word, sharedBeginning(typed, word)]))
  const ranked = once.toSorted(
    (a, b) => a.errors - b.errors || shared.get(b.word)! - shared.get(a.word)! || (a.word < b.word ? -1 : 1),
  )
  return ranked.slice(0, MAX_NEAR)
}

function sharedBeginning(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}

/** A bit for each letter, 32 apart the same one. */
function lettersOf(word: string): number {
  let letters = 0
  for (let index = 0; index < word.length; index += 1) letters |= 1 << (word.charCodeAt(index) & 31)
  return letters
}

function countOf(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count += 1
  return count
}
