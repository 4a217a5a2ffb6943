import { classNames } from '../../ui/class-names.ts'

const TONES = {
  plain:
    'border-line bg-surface text-ink-2 hover:border-line-strong hover:text-ink aria-expanded:border-line-strong aria-expanded:text-ink has-aria-expanded:border-line-strong has-aria-expanded:text-ink',
  on: 'border-transparent bg-accent-soft text-accent-ink',
  quiet: 'border-dashed border-line-strong text-ink-2 hover:border-control hover:text-ink',
} as const

export function chipClass(tone: keyof typeof TONES = 'plain'): string {
  return classNames(
    'inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-full border px-2.5 text-xs font-medium transition-colors pointer-coarse:min-h-10 pointer-coarse:px-3',
    TONES[tone],
  )
}
