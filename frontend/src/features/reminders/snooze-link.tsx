import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useReminderActions } from './use-reminder-actions.ts'

interface SnoozeLinkProps {
  /** Which choice, by its key. */
  choice: string
  taskId: string
}

/** A link of a reminder's mail was followed: what it asks for is done once, and goes from the address. */
export function SnoozeLink({ choice: key, taskId }: SnoozeLinkProps) {
  const navigate = useNavigate()
  const actionsOf = useReminderActions()
  const isDone = useRef(false)
  useEffect(() => {
    if (isDone.current) return
    isDone.current = true
    const { choices, snooze, chooseTime } = actionsOf({ taskId, onAnswered: () => {} })
    const choice = choices().find((offered) => offered.key === key)
    void navigate({ to: '.', search: {}, replace: true }).then(() => (choice ? snooze(choice) : chooseTime()))
  }, [actionsOf, key, navigate, taskId])
  return null
}
