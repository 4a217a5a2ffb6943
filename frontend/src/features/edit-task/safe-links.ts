/** Images would be fetched from anywhere, which tells others that a note was read: they become links. */
const IMAGE = /<img src="([^"]*)" alt="([^"]*)"[^>]*>/gu
const LINK = /<a href="(?!#)/gu

/** What micromark leaves of an address that would run code, or of none. */
const NOWHERE = /<a href="">(.*?)<\/a>/gsu

/** Makes links of rendered Markdown open beside the app, without telling where they were clicked. */
export function safeLinks(html: string): string {
  return html
    .replace(IMAGE, (_match, source: string, alt: string) => `<a href="${source}">${alt || source}</a>`)
    .replace(NOWHERE, '$1')
    .replace(LINK, '<a target="_blank" rel="noopener noreferrer nofollow" href="')
}
