import { renderToStaticMarkup } from 'react-dom/server'
import type { Plugin } from 'vite'
import { AppSkeleton, TasksSkeleton } from '../src/app/app-skeleton.tsx'
import { SettingsSkeleton } from '../src/app/settings-skeleton.tsx'

const ROOT = '<div id="root">'

/** Writes the app's frame into the page, so that there is one to see before any script has come. */
export function staticSkeleton(): Plugin {
  return {
    name: 'static-skeleton',
    transformIndexHtml: (html) =>
      html.replace(ROOT, `${ROOT}<div id="skeleton">${renderToStaticMarkup(<AnyFrame />)}</div>`),
  }
}

/** The styles show the one that belongs to the address. */
function AnyFrame() {
  return (
    <AppSkeleton>
      <div data-frame="tasks">
        <TasksSkeleton />
      </div>
      <div data-frame="settings">
        <SettingsSkeleton />
      </div>
    </AppSkeleton>
  )
}
