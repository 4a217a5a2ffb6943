export interface SearchTerms {
  phrases: string[]
  words: string[]
}

/** `buy "oat milk" sat` → the phrase "oat milk", and the words buy and sat or what begins with them. */
export function searchTerms(text: string): SearchTerms {
  const phrases: string[] = []
  const rest = text.replace(/["“”„]([^"“”„]*)["“”„]/gu, (_, phrase: string) => {
    phrases.push(phrase)
    return ' '
  })
  const words = rest.split(/[\s"“”„]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  return { phrases: phrases.filter((phrase) => /[\p{L}\p{N}]/u.test(phrase)).slice(0, 10), words: words.slice(0, 20) }
}

export function isEmpty({ phrases, words }: Record<keyof SearchTerms, unknown[]>): boolean {
  return phrases.length + words.length === 0
}
