import { useLocation } from '@tanstack/react-router'

/**
 * What the link of a mail carries behind the `#`, which is not asked for with the page; empty where it was cut off.
 * @param name of what it is for
 */
export function useLinkToken(name = 'token'): string {
  return useLocation({ select: ({ hash }) => tokenIn(hash, name) })
}

/** @param hash without the `#` */
export function tokenIn(hash: string, name = 'token'): string {
  return new URLSearchParams(hash).get(name) ?? ''
}
