/** In the place of a dialog or a menu that is being fetched: keys that were meant for it do nothing to the page. */
export function Opening() {
  return <span data-opening hidden />
}
