import { useLocation } from '@tanstack/react-router'

/** What the link of a mail carries behind the `#`, which is not asked for with the page; empty where it was cut off. */
export function useLinkToken(): string {
  return useLocation({ select: ({ hash }) => tokenIn(hash) })
}

/** @param hash without the `#` */
export function tokenIn(hash: string): string {
  return new URLSearchParams(hash).get('token') ?? ''
}
