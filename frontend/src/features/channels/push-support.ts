/** Why this browser cannot take pushes, in words that say what to do; null where it can. */
export function pushObstacle(): string | null {
  if (!isSecureContext) {
    return 'Push needs an encrypted connection: open the app by an address that begins with https.'
  }
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) {
    return isAppleTouch()
      ? 'On an iPhone or iPad push works from the home screen: tap Share, then “Add to Home Screen”, open Todo Cloud from there and come back to this page.'
      : 'This browser has no web push. In Firefox, Chrome, Edge and Safari of today it works.'
  }
  if (Notification.permission === 'denied') return BLOCKED
  return null
}

const BLOCKED =
  'This browser blocks notifications of this address. Allow them in its settings (the icon beside the address leads there), then try again.'

function isAppleTouch(): boolean {
  // An iPad says that it is a Mac, which has no touch screen.
  return /iPhone|iPad/u.test(navigator.userAgent) || (/Mac/u.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
}

/** Push could not be set up; the message says to the person why. */
export class PushRefused extends Error {
  override readonly name = 'PushRefused'
}

/** Asks for the permission to notify, which browsers only let a click do. */
export async function askPermission(): Promise<void> {
  const answer = await Notification.requestPermission()
  if (answer === 'denied') throw new PushRefused(BLOCKED)
  if (answer === 'default') throw new PushRefused('Your browser asked whether to allow notifications: say yes to it.')
}
