import type { PatchProfile } from '@todo/model/api'
import { useState } from 'react'
import { Switch } from '../../ui/switch.tsx'
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
      <Switch
        label="Reminders by e-mail"
        hint={`To ${person.email}. In the app they always appear.`}
        isOn={person.emailReminders}
        onChange={(emailReminders) => save({ emailReminders })}
      />
    </>
  )
}

/** Saved when the field is left or Enter is pressed; an empty one is put back. */
function NameField({ name, onSave }: { name: string; onSave: (name: string) => void }) {
  const [typed, setTyped] = useState(name)
  const finish = () => {
    const trimmed = typed.trim()
    if (trimmed === '') setTyped(name)
    else if (trimmed !== name) onSave(trimmed)
  }
  return (
    <TextField
      label="Name"
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
