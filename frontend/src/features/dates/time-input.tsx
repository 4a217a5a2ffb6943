import { type ComponentProps, useId, useState } from 'react'
import { inputClass } from '../../ui/text-field.tsx'
import { useDayClock } from './day-clock.tsx'
import { formatTime } from './describe-date.ts'
import { readTime } from './read-time.ts'

interface TimeInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  /** `17:00`; null: none. */
  value: string | null
  onTime: (time: string | null) => void
}

/**
 * A time of day, shown in the person's locale and typed in whatever way is quickest. A browser's own field would follow
 * the locale of the device.
 */
export function TimeInput({ value, onTime, className, ...rest }: TimeInputProps) {
  const { locale } = useDayClock()
  const noteId = useId()
  // What is being typed is left as it is until the field is left.
  const [typed, setTyped] = useState<string | null>(null)
  const isWrong = typed !== null && typed.trim() !== '' && readTime(typed, locale) === null
  const [isLeft, setLeft] = useState(false)
  return (
    <span className="relative">
      <input
        {...rest}
        value={typed ?? (value === null ? '' : formatTime(value, locale))}
        placeholder="No time"
        autoComplete="off"
        dir="auto"
        aria-invalid={(isWrong && isLeft) || undefined}
        aria-describedby={isWrong && isLeft ? noteId : undefined}
        onFocus={(event) => event.target.select()}
        onChange={({ target }) => {
          setTyped(target.value)
          setLeft(false)
          const time = readTime(target.value, locale)
          if (time !== null || target.value.trim() === '') onTime(time)
        }}
        onBlur={(event) => {
          setLeft(true)
          if (!isWrong) setTyped(null)
          rest.onBlur?.(event)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isWrong) {
            event.preventDefault()
            setLeft(true)
          }
          rest.onKeyDown?.(event)
        }}
        className={`${inputClass} tabular-nums ${className ?? ''}`}
      />
      {isWrong && isLeft && (
        <span id={noteId} role="alert" className="block pt-1 text-xs text-high-ink">
          Write it as {formatTime('17:00', locale)}.
        </span>
      )}
    </span>
  )
}
