import { useState } from 'react'
import { inputClass } from '../../ui/text-field.tsx'
import { Markdown } from './lazy-markdown.tsx'

/** Markdown, written and read in the same place: a click on what is read goes on writing. */
export function NotesField({ value, onChange }: { value: string; onChange: (notes: string) => void }) {
  const [isWriting, setWriting] = useState(value === '')
  const [isAsked, setAsked] = useState(false)
  const write = () => {
    setWriting(true)
    setAsked(true)
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
      {isWriting ? (
        <textarea
          aria-label="Notes"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoFocus={isAsked}
          dir="auto"
          rows={2}
          maxLength={50_000}
          placeholder="Details, links, a checklist. Markdown works."
          className={`${inputClass} field-sizing-content max-h-72 min-h-9 resize-none !border-line !bg-sunken leading-relaxed`}
        />
      ) : (
        <div className="cursor-text rounded-control border border-line bg-sunken px-2.5 py-1.5 text-s transition-colors hover:border-line-strong">
          <Markdown source={value} onChange={onChange} onWrite={write} />
        </div>
      )}
      {value !== '' && (
        <button
          type="button"
          aria-pressed={!isWriting}
          onClick={() => (isWriting ? setWriting(false) : write())}
          className="justify-self-end rounded-tiny pointer-coarse:min-h-10 text-xs font-medium text-ink-2 underline-offset-2 hover:text-ink hover:underline"
        >
          {isWriting ? 'Preview' : 'Edit notes'}
        </button>
      )}
    </div>
  )
}
