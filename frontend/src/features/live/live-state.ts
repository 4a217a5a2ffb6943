import { createContext, use } from 'react'
import type { LiveState } from './live-connection.ts'

export const LiveStateContext = createContext<LiveState>('connecting')
export const useLiveState = (): LiveState => use(LiveStateContext)
