import { useLayoutEffect } from 'react'
import { useLatest } from './use-latest.ts'

type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>

/**
 * Keys that work anywhere on the page, but not while typing and not under a dialog or a menu.
 * Names: `q`, `?`, `mod+k` (⌘ on a Mac, Ctrl elsewhere), `alt+ArrowUp`, and `g t` for one key after another.
 * A handler that runs takes the key.
 */
export function useShortcuts(shortcuts: Shortcuts, isEnabled = true): void {
  const latest = useLatest(shortcuts)
  // Not a moment after what they belong to is seen: a key that is pressed then must not be lost.
  useLayoutEffect(() => {
    if (!isEnabled) return
    const onKeyDown = (event: KeyboardEvent) => {
      const name = shortcutName(event)
      const run = latest.current[name]
      if (!run || event.defaultPrevented || (isTyping(event) && !name.startsWith('mod+k')) || isCovered(event)) return
      event.preventDefault()
      run(event)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [isEnabled, latest])
}

const PREFIX = 'g'
const PREFIX_MS = 1_200
let prefixUntil = 0
const names = new WeakMap<KeyboardEvent, string>()

/** Read once per event, however many listen: the prefix counts for the next key only. */
function shortcutName(event: KeyboardEvent): string {
  const known = names.get(event)
  if (known !== undefined) return known
  const key = keyName(event)
  const name = event.timeStamp < prefixUntil ? `${PREFIX} ${key}` : key
  prefixUntil = name === PREFIX && !isTyping(event) ? event.timeStamp + PREFIX_MS : 0
  names.set(event, name)
  return name
}

function keyName(event: KeyboardEvent): string {
  const modifiers = [
    (event.metaKey || event.ctrlKey) && 'mod',
    event.altKey && 'alt',
    // Of a character alone it is a part: `?`.
    event.shiftKey && (event.key.length > 1 || event.metaKey || event.ctrlKey) && 'shift',
  ]
  return [...modifiers.filter(Boolean), event.key.length === 1 ? event.key.toLowerCase() : event.key].join('+')
}

export function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** Whether a dialog or a menu is open, or on its way, that the key was not meant to get past. */
export function isCovered(event: KeyboardEvent): boolean {
  if (event.target instanceof HTMLElement && event.target.closest('[role="menu"], [role="dialog"]')) return true
  return (
    document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"], [data-opening]') !==
    null
  )
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)
/** How the modifier of a shortcut is written for the person's keyboard. */
export const modKey = isMac ? '⌘' : 'Ctrl'
