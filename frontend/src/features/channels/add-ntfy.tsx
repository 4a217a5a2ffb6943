import { useState } from 'react'
import { TextField } from '../../ui/text-field.tsx'
import { EndpointDialog } from './endpoint-dialog.tsx'

export function AddNtfy({ onClose }: { onClose: () => void }) {
  const [topic, setTopic] = useState('')
  const [server, setServer] = useState('https://ntfy.sh')
  const [token, setToken] = useState('')
  const isComplete = topic.trim() !== '' && server.trim() !== ''
  return (
    <EndpointDialog
      title="Add ntfy"
      lead="Your reminders are published to a topic of ntfy, which its app shows on your devices. Whoever knows the topic can read along: choose one that nobody guesses."
      channel={
        isComplete
          ? {
              kind: 'ntfy',
              name: topic.trim(),
              server: server.trim(),
              topic: topic.trim(),
              token: token.trim() || null,
            }
          : null
      }
      fields={(problemOf) => (
        <>
          <TextField
            label="Topic"
            value={topic}
            onChange={(event) => setTopic(event.target.value)}
            problem={problemOf('topic')}
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            autoFocus
            required
          />
          <TextField
            label="Server"
            type="url"
            value={server}
            onChange={(event) => setServer(event.target.value)}
            problem={problemOf('server')}
            autoComplete="off"
            required
          />
          <TextField
            label="Access token"
            hint="Where the topic is protected; empty otherwise. It is kept sealed and shown nowhere."
            type="password"
            value={token}
            onChange={(event) => setToken(event.target.value)}
            problem={problemOf('token')}
            maxLength={200}
            autoComplete="off"
          />
        </>
      )}
      onCreated={onClose}
      onClose={onClose}
    />
  )
}
