import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { oneChunk, preloadChunk } from './scripts/one-chunk.ts'
import { staticSkeleton } from './scripts/static-skeleton.tsx'

const API = 'http://localhost:3000'

const source = (path: string) => new URL(`src/${path}`, import.meta.url).pathname

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadChunk('dashboard'), staticSkeleton()],
  // The API only takes requests that come from its own address.
  server: { proxy: { '/api': { target: API, headers: { origin: API } } } },
  build: {
    target: 'es2023',
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
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
