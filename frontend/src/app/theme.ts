import { useSyncExternalStore } from 'react'

const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]

const STORAGE_KEY = 'theme'
const systemDark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

function chosenTheme(): Theme {
  const stored = localStorage.getItem(STORAGE_KEY)
  return THEMES.find((theme) => theme === stored) ?? 'system'
}

const isDark = (): boolean => (chosenTheme() === 'system' ? systemDark.matches : chosenTheme() === 'dark')

function applyTheme(): void {
  document.documentElement.classList.toggle('dark', isDark())
  for (const listener of listeners) listener()
}

/** Keeps every page in the theme of the system, unless the person chose one, here or in another tab. */
export function followTheme(): void {
  systemDark.addEventListener('change', applyTheme)
  window.addEventListener('storage', (event) => event.key === STORAGE_KEY && applyTheme())
}

export function setTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(STORAGE_KEY)
  else localStorage.setItem(STORAGE_KEY, theme)
  applyTheme()
}

export const toggleTheme = (): void => setTheme(isDark() ? 'light' : 'dark')

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, chosenTheme)
export const useIsDark = (): boolean => useSyncExternalStore(subscribe, isDark)
