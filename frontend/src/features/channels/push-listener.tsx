import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { usePerson } from '../account/person.ts'
import { useOpenTask } from '../edit-task/open-task.ts'
import { forgetPushOfOthers } from './this-device.ts'

/** Opens here what was clicked in a push, over what is on the screen; and ends the pushes of who was here before. */
export function PushListener() {
  const { id } = usePerson()
  const router = useRouter()
  const { openTask } = useOpenTask()
  useEffect(() => {
    // Without a connection that is encrypted there is none.
    const worker: ServiceWorkerContainer | undefined = navigator.serviceWorker
    const listener = new AbortController()
    const onMessage = ({ data, ports: [line] }: MessageEvent<unknown>) => {
      if (data !== 'open' || !line) return
      line.addEventListener('message', ({ data: url }: MessageEvent<string>) => {
        const taskId = new URL(url, location.origin).searchParams.get('task')
        if (taskId) openTask(taskId)
        else router.history.push(url)
      })
      line.start()
      line.postMessage('here')
    }
    worker?.addEventListener('message', onMessage, { signal: listener.signal })
    return () => listener.abort()
  }, [openTask, router])
  useEffect(() => {
    forgetPushOfOthers(id).catch(() => {})
  }, [id])
  return null
}
