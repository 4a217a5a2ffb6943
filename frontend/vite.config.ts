import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const API = 'http://localhost:3000'

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // The API only takes requests that come from its own address.
  server: { proxy: { '/api': { target: API, headers: { origin: API } } } },
  build: { target: 'es2023', manifest: true, modulePreload: { polyfill: false } },
})
