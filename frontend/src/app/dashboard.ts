// The frame and the views come in one chunk: the first screen needs both.
export { CurrentViewScreen } from '../features/views/view-screen.tsx'
export { Shell } from './shell.tsx'
