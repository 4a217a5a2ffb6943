/** Lists by their names, in any letter case and with or without accents. */
export class ListNames {
  readonly #byName: Map<string, { id: string; name: string }[]>
  /** Of the longest name. */
  readonly #mostWords: number

  constructor(lists: readonly { id: string; name: string }[]) {
    this.#byName = Map.groupBy(lists, ({ name }) => folded(name))
    this.#mostWords = Math.max(0, ...[...this.#byName.keys()].map((name) => name.split(' ').length))
  }

  /** The list of this name; null where there is none, or more than one and none written just so. */
  find(name: string): string | null {
    const named = this.#byName.get(folded(name)) ?? []
    if (named.length === 1) return named[0]!.id
    const exact = named.filter((list) => list.name === name)
    return exact.length === 1 ? exact[0]!.id : null
  }

  /** The longest name at the beginning of a text that ends where a word does, and how long it is there. */
  findLongest(text: string): { id: string; length: number } | null {
    if (this.#mostWords === 0) return null
    const ends = wordEnds(text, this.#mostWords)
    for (const end of ends.reverse()) {
      const id = this.find(text.slice(0, end))
      if (id) return { id, length: end }
    }
    return null
  }
}

/** Where the first words end, with and without the punctuation after them. */
function wordEnds(text: string, most: number): number[] {
  const ends: number[] = []
  let words = 0
  for (const word of text.matchAll(/\S+/gu)) {
    ends.push(word.index + word[0].replace(/[.,;:!?]+$/, '').length, word.index + word[0].length)
    words += 1
    if (words === most) break
  }
  return ends
}

function folded(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim()
}
