import { parseRecurrenceRule, RecurrenceRuleError } from '@todo/model/recurrence-rule'
import { useState } from 'react'
import { TextField } from '../../ui/text-field.tsx'

interface RuleTextFieldProps {
  rule: string
  /** There is no other way to change it. */
  isOpen: boolean
  onChange: (rule: string) => void
}

/** The rule as RFC 5545 has it, for what the parts cannot say. Takes over what is valid, and says what is not. */
export function RuleTextField({ rule, isOpen, onChange }: RuleTextFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? rule
  return (
    <details open={isOpen}>
      <summary className="w-fit cursor-pointer text-s text-ink-2 hover:text-ink">Write it as a rule</summary>
      <div className="mt-2">
        <TextField
          label="Rule (RFC 5545)"
          spellCheck={false}
          autoCapitalize="characters"
          value={text}
          problem={problemOf(text)}
          onChange={({ target }) => {
            setTyped(target.value)
            if (problemOf(target.value) === undefined) onChange(target.value.trim().toUpperCase())
          }}
          onBlur={() => problemOf(text) === undefined && setTyped(null)}
        />
      </div>
    </details>
  )
}

function problemOf(text: string): string | undefined {
  try {
    parseRecurrenceRule(text)
    return undefined
  } catch (error) {
    if (error instanceof RecurrenceRuleError) return error.message
    throw error
  }
}
