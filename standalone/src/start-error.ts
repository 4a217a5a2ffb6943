/** What keeps the app from starting, said to the person who starts it: one line, with what to do. */
export class StartError extends Error {
  override name = 'StartError'
}
