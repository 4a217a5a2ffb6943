import { Button } from '../../ui/button.tsx'
import { AuthProblem } from './auth-problem.tsx'

interface FormEndProps {
  /** What the form does. */
  sending: { error: Error | null; isPending: boolean }
  /** Of the button. */
  words: string
  wordsWhileBusy: string
}

/** Below the fields of a form: why what it sent was refused, and the button that sends it. */
export function FormEnd({ sending: { error, isPending }, words, wordsWhileBusy }: FormEndProps) {
  return (
    <>
      <AuthProblem error={error} />
      <Button type="submit" variant="primary" isBusy={isPending} className="min-h-10">
        {isPending ? wordsWhileBusy : words}
      </Button>
    </>
  )
}
