import { lazyNamed } from '../../ui/lazy-named.ts'

/** Notes are not shown as their source first; what stands in their place has about their height. */
export const Markdown = lazyNamed(() => import('./markdown.tsx'), 'Markdown', {
  Waiting: ({ source }) => <p className="markdown invisible whitespace-pre-wrap [overflow-wrap:anywhere]">{source}</p>,
})
