import { useLocation } from '@tanstack/react-router'

/** What the link of a mail carries behind the `#`, where no server sees it; empty where it was cut off. */
export function useLinkToken(): string {
  return useLocation({ select: ({ hash }) => tokenIn(hash) })
}

/** @param hash without the `#` */
export function tokenIn(hash: string): string {
  return new URLSearchParams(hash).get('token') ?? ''
}
