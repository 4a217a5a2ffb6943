type SessionNews = 'begun' | 'ended'

/** All tabs of a browser have one session: each hears from the one where it began or ended. */
const tabs = new BroadcastChannel('session')

export const announceSession = (news: SessionNews): void => tabs.postMessage(news)

/** Answers what ends the listening. */
export function onSession(news: SessionNews, act: () => void): () => void {
  const listener = new AbortController()
  tabs.addEventListener('message', (event) => event.data === news && act(), { signal: listener.signal })
  return () => listener.abort()
}
