import { useMutation, useQueryClient } from '@tanstack/react-query'
import FileUp from 'lucide-react/icons/file-up'
import { useRef, useState } from 'react'
import { accountApi } from '../../api/account-api.ts'
import { ApiError, describeError } from '../../api/api-error.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { Button } from '../../ui/button.tsx'
import { Field, inputClass } from '../../ui/text-field.tsx'
import { usePerson } from '../account/person.ts'
import { useLists } from '../sidebar/overview.ts'
import { ImportReportView } from './import-report.tsx'

/** Where the server or the line went away, a part of the file may be in. */
function isRefusal(error: Error): boolean {
  return error instanceof ApiError && !error.isTemporary
}

/** Brings an iCalendar file into a list and says line by line what became of it. */
export function ImportCalendar() {
  const { inboxId } = usePerson()
  const lists = useLists()
  const client = useQueryClient()
  const [listId, setListId] = useState(inboxId)
  const file = useRef<HTMLInputElement>(null)
  const load = useMutation({
    mutationFn: (chosen: File) => accountApi.importCalendar(chosen, listId),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.taskLists })
      void client.invalidateQueries({ queryKey: queryKeys.overview })
    },
  })
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-48 flex-1">
          <Field label="Into the list">
            {(control) => (
              <select
                {...control}
                value={listId}
                onChange={(event) => setListId(event.target.value)}
                className={inputClass}
              >
                {lists.map((list) => (
                  <option key={list.id} value={list.id}>
                    {list.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <input
          ref={file}
          type="file"
          accept=".ics,text/calendar"
          aria-label="Calendar file"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            const chosen = event.target.files?.[0]
            if (chosen) load.mutate(chosen)
            event.target.value = ''
          }}
        />
        <Button icon={<FileUp size={16} />} isBusy={load.isPending} onClick={() => file.current?.click()}>
          {load.isPending ? 'Importing…' : 'Choose an .ics file'}
        </Button>
      </div>
      {load.error && (
        <p role="alert" className="rounded-control bg-high-soft px-3 py-2 text-s text-high-ink">
          {isRefusal(load.error) && 'Nothing was imported. '}
          {describeError(load.error)}
        </p>
      )}
      {load.data && <ImportReportView report={load.data} fileName={load.variables.name} />}
    </>
  )
}
