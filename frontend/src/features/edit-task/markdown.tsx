import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { useMemo } from 'react'
import { safeLinks } from './safe-links.ts'

/** Notes as they are meant. HTML in them is shown as text, and links that would run code lead nowhere (micromark). */
export function Markdown({ source }: { source: string }) {
  const html = useMemo(
    () => safeLinks(micromark(source, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })),
    [source],
  )
  return <div dir="auto" className="markdown" dangerouslySetInnerHTML={{ __html: html }} />
}
