import { createElement, type ReactNode } from 'react'
import type { ExternalToast } from 'sonner'
import { Chunk } from './chunk.ts'

export interface Notice {
  /** A notice with the id of one that is on screen takes its place. */
  id?: string
  description?: ReactNode
  action?: { label: string; run: () => void }
  durationMs?: number
  tone?: 'plain' | 'error'
}

const sonner = new Chunk(() => import('sonner'))

let isWanted = false
const watchers = new Set<() => void>()

/** Has the toaster brought onto the page: once the first screen stands, or there is something to say. */
export function wantToaster(): void {
  isWanted = true
  for (const onChange of watchers) onChange()
}
export const isToasterWanted = (): boolean => isWanted
export function watchToaster(onChange: () => void): () => void {
  watchers.add(onChange)
  return () => watchers.delete(onChange)
}

let onToasterReady: () => void
const toasterReady = new Promise<void>((resolve) => (onToasterReady = resolve))

/** Called by the toaster once it is on the page: what was said before waits for it. */
export const announceToaster = (): void => onToasterReady()

/** Says something in a toast. The library that draws it is fetched after the first paint. */
export async function notify(message: string, notice: Notice = {}): Promise<void> {
  wantToaster()
  const [{ toast }] = await Promise.all([sonner.whenThere(), toasterReady])
  const { action } = notice
  const options: ExternalToast = {
    duration: notice.durationMs ?? (notice.tone === 'error' ? 10_000 : 6_000),
    ...(notice.id === undefined ? {} : { id: notice.id }),
    ...(notice.description === undefined ? {} : { description: clamped(notice.description) }),
    ...(action && { action: { label: action.label, onClick: () => runAfterToast(action.run) } }),
  }
  if (notice.tone === 'error') toast.error(message, options)
  else toast(message, options)
}

const clamped = (text: ReactNode): ReactNode =>
  typeof text === 'string' ? createElement('span', { className: 'line-clamp-4 opacity-80' }, text) : text

/** The toaster gives the focus back when a toast loses it: first that, and then what the action focuses keeps it. */
function runAfterToast(run: () => void): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  setTimeout(run)
}

/** Takes a notice off the screen, or all of them. */
export async function dismissNotice(id?: string): Promise<void> {
  const { toast } = await sonner.whenThere()
  toast.dismiss(id)
}
