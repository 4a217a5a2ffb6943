import type { ReminderActions } from './use-reminder-actions.ts'

const buttonClass =
  'min-h-8 rounded-control border border-current/25 px-2 text-xs font-semibold hover:bg-current/10 pointer-coarse:min-h-10'

/** What to do about a reminder: it is done, it comes again, or another time is chosen in its task. */
export function SnoozeButtons({ complete, choices, snooze, chooseTime }: ReminderActions) {
  return (
    <div role="group" aria-label="Remind again" className="mt-2 flex flex-wrap gap-1.5">
      <button type="button" className={buttonClass} onClick={complete}>
        Done
      </button>
      {choices().map((choice) => (
        <button
          key={choice.label}
          type="button"
          aria-label={`Again: ${choice.label}`}
          className={buttonClass}
          onClick={() => snooze(choice)}
        >
          {choice.label}
        </button>
      ))}
      <button type="button" className={buttonClass} onClick={chooseTime}>
        Another time…
      </button>
    </div>
  )
}
