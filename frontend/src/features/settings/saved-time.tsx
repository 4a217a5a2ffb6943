import { useState } from 'react'
import { Field } from '../../ui/text-field.tsx'
import { TimeInput } from '../dates/time-input.tsx'

interface SavedTimeProps {
  label: string
  /** `22:00` */
  time: string
  /** The one time that it cannot be. */
  unlike?: string
  onSave: (time: string) => void
}

/** A time of day that there has to be: saved when the field is left or Enter is pressed. */
export function SavedTime({ label, time, unlike, onSave }: SavedTimeProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const isSame = typed !== null && typed === unlike
  const finish = () => {
    if (typed === null || isSame) return
    setTyped(null)
    if (typed !== time) onSave(typed)
  }
  return (
    <Field label={label} problem={isSame ? 'Two different times make a span.' : undefined}>
      {(control) => (
        <TimeInput
          {...control}
          value={typed ?? time}
          onTime={setTyped}
          onBlur={finish}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
      )}
    </Field>
  )
}
