import { type RefObject, useEffect, useRef } from 'react'

/** The value of the last render, for handlers that outlive a render without depending on it. */
export function useLatest<T>(value: T): Readonly<RefObject<T>> {
  const ref = useRef(value)
  useEffect(() => {
    ref.current = value
  })
  return ref
}
