import { renderToStaticMarkup } from 'react-dom/server'
import type { Plugin } from 'vite'
import { AppSkeleton } from '../src/app/app-skeleton.tsx'

const ROOT = '<div id="root">'

/** Writes the app's frame into the page, so that there is one to see before any script has come. */
export function staticSkeleton(): Plugin {
  return {
    name: 'static-skeleton',
    transformIndexHtml: (html) =>
      html.replace(ROOT, `${ROOT}<div id="skeleton">${renderToStaticMarkup(<AppSkeleton />)}</div>`),
  }
}
