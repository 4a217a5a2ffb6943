import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useLatest } from '../../ui/use-latest.ts'
import { safeLinks } from './safe-links.ts'

interface MarkdownProps {
  source: string
  /** A box of a checklist was ticked or cleared. */
  onChange: (source: string) => void
  /** The text was clicked: no link, no box, and nothing of it is picked. */
  onWrite: () => void
}

/** Notes as they are meant. HTML in them is shown as text, and links that would run code lead nowhere (micromark). */
export function Markdown({ source, onChange, onWrite }: MarkdownProps) {
  const html = useMemo(() => toHtml(source), [source])
  const root = useRef<HTMLDivElement>(null)
  const ticked = useRef<string>(undefined)
  const latest = useLatest({ source, onChange, onWrite })
  useEffect(() => {
    const listeners = new AbortController()
    root.current?.addEventListener(
      'click',
      ({ target }) => {
        const isPicking = window.getSelection()?.isCollapsed === false
        if (!isPicking && target instanceof Element && !target.closest('a, input')) latest.current.onWrite()
      },
      listeners,
    )
    root.current?.addEventListener(
      'change',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement)) return
        ticked.current = target.dataset['at']
        latest.current.onChange(withBox(latest.current.source, Number(ticked.current), target.checked))
      },
      listeners,
    )
    return () => listeners.abort()
  }, [latest])
  // The box is drawn anew with all of the text.
  useLayoutEffect(() => {
    if (ticked.current) root.current?.querySelector<HTMLElement>(`[data-at="${ticked.current}"]`)?.focus()
    ticked.current = undefined
  }, [html])
  return <div ref={root} dir="auto" className="markdown" dangerouslySetInnerHTML={{ __html: html }} />
}

type Handle = NonNullable<NonNullable<ReturnType<typeof gfmHtml>['enter']>['paragraph']>

/** A box that can be ticked, and knows where in the source its `[ ]` stands. */
const drawBox: Handle = function ({ start }) {
  this.tag(`<input type="checkbox" aria-label="Done" data-at="${start.offset}" `)
}

function toHtml(source: string): string {
  const standard = gfmHtml()
  const enter = { ...standard.enter, taskListCheck: drawBox }
  return safeLinks(micromark(source, { extensions: [gfm()], htmlExtensions: [{ ...standard, enter }] }))
}

const withBox = (source: string, at: number, isTicked: boolean): string =>
  source.slice(0, at + 1) + (isTicked ? 'x' : ' ') + source.slice(at + 2)
