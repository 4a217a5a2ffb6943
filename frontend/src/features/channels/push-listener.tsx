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
    const onMessage = ({ data, ports }: MessageEvent<{ open?: string } | null>) => {
      if (typeof data?.open !== 'string') return
      ports[0]?.postMessage('taken')
      const taskId = new URL(data.open, location.origin).searchParams.get('task')
      if (taskId) openTask(taskId)
      else router.history.push(data.open)
    }
    worker?.addEventListener('message', onMessage, { signal: listener.signal })
    return () => listener.abort()
  }, [openTask, router])
  useEffect(() => {
    forgetPushOfOthers(id).catch(() => {})
  }, [id])
  return null
}
