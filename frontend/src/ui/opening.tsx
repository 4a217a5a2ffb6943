import { useLayoutEffect } from 'react'
import { isTyping } from './use-shortcuts.ts'

/**
 * In the place of a dialog or a menu that is being fetched: keys that were meant for it do nothing to the page, nor do
 * they press the button that has the focus. What is typed into a field goes on being typed there.
 */
export function Opening() {
  useLayoutEffect(() => {
    window.addEventListener('keydown', swallow, true)
    window.addEventListener('keyup', swallow, true)
    return () => {
      window.removeEventListener('keydown', swallow, true)
      window.removeEventListener('keyup', swallow, true)
    }
  }, [])
  return <span data-opening hidden />
}

/** Enter presses a button on its way down, Space on its way up. Everything else that a page does itself stays. */
function swallow(event: KeyboardEvent): void {
  if ((event.key === ' ' || event.key === 'Enter') && !isTyping(event)) event.preventDefault()
}
