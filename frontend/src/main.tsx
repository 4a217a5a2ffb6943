import { wallClock } from '@todo/model/wall-clock'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './app/query-client.ts'
import { followNewVersions } from './app/new-version.ts'
import { createAppRouter, followSession, leaveToSignIn } from './app/router.tsx'
import { followTheme } from './app/theme.ts'
import './styles/app.css'

const queryClient = createQueryClient(() => leaveToSignIn(router, queryClient))
const router = createAppRouter(queryClient)

followNewVersions()
followTheme()
followSession(router, queryClient)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)

// The first time that a date is written takes a phone 50 ms: while the person and the screen are still on their way.
setTimeout(() => wallClock(Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone))
