/** The end of a mail in plain text. Mail programs know the line with the dashes (RFC 3676 §4.3). */
export function signature({ why, unsubscribe }: { why: string; unsubscribe: string | null }): string {
  return `-- \n${why}\n${unsubscribe ? `Unsubscribe: ${unsubscribe}\n` : ''}`
}
