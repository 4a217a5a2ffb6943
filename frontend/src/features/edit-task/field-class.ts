/** The look of a field that opens something. */
export const fieldClass =
  'flex min-h-9 pointer-coarse:min-h-10 w-full flex-wrap items-center gap-x-2 gap-y-1 rounded-control border border-line bg-sunken px-2.5 py-1 text-start text-s transition-colors hover:border-line-strong aria-expanded:border-accent'
