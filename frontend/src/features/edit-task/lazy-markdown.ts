import { lazyNamed } from '../../ui/lazy-named.ts'

export const Markdown = lazyNamed(() => import('./markdown.tsx'), 'Markdown')
