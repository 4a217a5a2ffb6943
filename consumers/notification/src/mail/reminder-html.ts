import type { ReminderContent } from './reminder-mail.ts'

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** Clients that know dark get dark; those that invert by themselves find plain colours with enough contrast either way. */
const STYLE = `
  :root { color-scheme: light dark; supported-color-schemes: light dark }
  @media (prefers-color-scheme: dark) {
    .page { background: #16181d !important; color: #e8eaf0 !important }
    .quiet { color: #a3a9b8 !important }
    .open { background: #7c9bff !important; color: #10131a !important }
  }`

export function reminderHtml({ title, when, link, again, locale }: ReminderContent): string {
  const later = again.map(
    (choice) =>
      `<a class="quiet" href="${escapeHtml(choice.link)}" style="color:#565d6d">${escapeHtml(choice.words)}</a>`,
  )
  const due = when ? `<p class="quiet" style="margin:0 0 24px;color:#565d6d">Due ${escapeHtml(when)}</p>` : ''
  return `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Reminder</title>
<style>${STYLE}
</style>
</head>
<body class="page" style="margin:0;padding:32px 24px;background:#ffffff;color:#1b1e26;${FONT};font-size:16px;line-height:1.5">
<div style="max-width:520px;margin:0 auto">
<h1 dir="auto" style="margin:0 0 8px;font-size:22px;line-height:1.3;overflow-wrap:anywhere">${escapeHtml(title)}</h1>
${due}
<p style="margin:0 0 16px"><a class="open" href="${escapeHtml(link)}" style="display:inline-block;padding:10px 20px;border-radius:8px;background:#2f55d4;color:#ffffff;text-decoration:none;font-weight:600">Open task</a></p>
<p class="quiet" style="margin:0 0 32px;color:#565d6d;font-size:14px">Remind me again ${later.join(' &middot; ')}</p>
<p class="quiet" style="margin:0;color:#565d6d;font-size:13px">Todo Cloud. E-mail reminders are switched on and off in your settings.</p>
</div>
</body>
</html>
`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}
