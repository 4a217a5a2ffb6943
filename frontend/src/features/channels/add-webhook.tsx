import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Modal } from '../../ui/modal.tsx'
import { notify } from '../../ui/notify.ts'
import { TextField } from '../../ui/text-field.tsx'
import { EndpointDialog } from './endpoint-dialog.tsx'

export function AddWebhook({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [url, setUrl] = useState('')
  const [secret, setSecret] = useState<string | null>(null)
  if (secret !== null) return <SigningSecret secret={secret} onClose={onClose} />
  return (
    <EndpointDialog
      title="Add a webhook"
      lead="Your reminders are sent to a program of yours by POST, with a signature (Standard Webhooks)."
      channel={url.trim() === '' ? null : { kind: 'webhook', name: name.trim() || hostOf(url), url: url.trim() }}
      fields={(problemOf) => (
        <>
          <TextField
            label="Address"
            type="url"
            inputMode="url"
            placeholder="https://example.org/hooks/todo"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            problem={problemOf('url')}
            autoComplete="off"
            autoFocus
            required
          />
          <TextField
            label="Name"
            hint="What you call it; its host when left empty."
            value={name}
            onChange={(event) => setName(event.target.value)}
            problem={problemOf('name')}
            maxLength={100}
            autoComplete="off"
            dir="auto"
          />
        </>
      )}
      // The same address again is the one that is there, and its secret was told before.
      onCreated={(created) => (created.secret === null ? onClose() : setSecret(created.secret))}
      onClose={onClose}
    />
  )
}

function hostOf(url: string): string {
  return URL.canParse(url.trim()) ? new URL(url.trim()).host : 'Webhook'
}

/** Told this once: it is kept sealed, and nobody can read it again. */
function SigningSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const copy = async () => {
    try {
      // There is none on a page that came over plain http.
      await navigator.clipboard.writeText(secret)
      setCopied(true)
    } catch {
      field.current?.select()
      void notify('The secret was not copied', {
        tone: 'error',
        description: 'The browser does not allow it. It is selected now: copy it by hand.',
      })
    }
  }
  return (
    <Modal title="The webhook is there" size="s" onClose={onClose}>
      <div className="grid gap-4 p-5">
        <p className="text-s text-ink-2">
          Your program checks the signature with this secret. Copy it now: it is shown this once only.
        </p>
        <TextField
          label="Signing secret"
          value={secret}
          readOnly
          ref={field}
          onFocus={(event) => event.target.select()}
          className="font-mono"
        />
        <div className="flex justify-end gap-2">
          <Button
            variant="primary"
            icon={isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            onClick={() => void copy()}
          >
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
          <Button onClick={onClose}>Done</Button>
        </div>
      </div>
    </Modal>
  )
}
