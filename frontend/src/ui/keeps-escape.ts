/** Escape in a part that is marked so is for that part, not for the dialog around it, which hears it first. */
export function keepsEscape(event: KeyboardEvent): void {
  if (event.target instanceof Element && event.target.closest('[data-keeps-escape]')) event.preventDefault()
}
