import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { firstPage } from './scripts/first-page.ts'
import { oneChunk } from './scripts/one-chunk.ts'
import { staticSkeleton } from './scripts/static-skeleton.tsx'

const API = 'http://localhost:3000'

const source = (path: string) => new URL(`src/${path}`, import.meta.url).pathname

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    staticSkeleton(),
    firstPage({ app: ['dashboard', 'describe-recurrence'], auth: ['auth-screens'] }),
  ],
  // The API only takes requests that come from its own address.
  server: { proxy: { '/api': { target: API, headers: { origin: API } } } },
  build: {
    target: 'es2023',
    manifest: true,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            oneChunk('entry', source('main.tsx')),
            oneChunk('dashboard', source('app/dashboard.ts'), [
              source('main.tsx'),
              source('features/auth/auth-screens.tsx'),
            ]),
          ],
        },
      },
    },
  },
})
