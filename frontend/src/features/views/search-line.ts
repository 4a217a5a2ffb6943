import { tagKey } from '@todo/model/tag-key'

interface SearchLine {
  words: string
  tags: string[]
}

/** What is typed in the search box: `#home lamp` is “lamp” among what has the tag; `#` and a word that is no tag is a word. */
export function readSearchLine(line: string, known: readonly string[]): SearchLine {
  const tags: string[] = []
  const words = line.split(/(\s+|"[^"]*"?)/u).filter((part) => {
    const tag = part.startsWith('#') && known.find((name) => tagKey(name) === tagKey(part.slice(1)))
    if (tag && !tags.includes(tag)) tags.push(tag)
    return !tag
  })
  return { words: words.join('').trim(), tags }
}
