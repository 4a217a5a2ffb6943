import type { PatchProfile } from '@todo/model/api'
import { useState } from 'react'
import { TextField } from '../../ui/text-field.tsx'
import { usePatchProfile, usePerson } from '../account/person.ts'
import { RegionFields } from './region-fields.tsx'

/** Every change is saved as it is made. */
export function ProfileForm() {
  const person = usePerson()
  const { mutate } = usePatchProfile()
  const save = (patch: PatchProfile) => mutate(patch)
  return (
    <>
      <NameField key={person.name} name={person.name} onSave={(name) => save({ name })} />
      <TextField label="E-mail" value={person.email} readOnly disabled />
      <RegionFields person={person} onSave={save} />
    </>
  )
}

/** Saved when the field is left or Enter is pressed; an empty one is not, and says so. */
function NameField({ name, onSave }: { name: string; onSave: (name: string) => void }) {
  const [typed, setTyped] = useState(name)
  const finish = () => {
    const trimmed = typed.trim()
    if (trimmed !== '' && trimmed !== name) onSave(trimmed)
  }
  return (
    <TextField
      label="Name"
      problem={typed.trim() === '' ? 'Enter a name: yours, or any that you like.' : undefined}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      maxLength={100}
      autoComplete="name"
      dir="auto"
    />
  )
}
