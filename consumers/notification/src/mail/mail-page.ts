/** Text of people, made safe to stand in HTML, or our own. */
export type Html = string & { readonly brand: 'html' }

const BODY_STYLE =
  "margin:0;padding:32px 24px;background:#ffffff;color:#1b1e26;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5" as Html

/** Clients that know dark get dark; those that invert by themselves find plain colours with enough contrast either way. */
const STYLE = `
  :root { color-scheme: light dark; supported-color-schemes: light dark }
  @media (prefers-color-scheme: dark) {
    .page { background: #16181d !important; color: #e8eaf0 !important }
    .quiet { color: #a3a9b8 !important }
    .late { color: #ff9d96 !important }
    .open { background: #43c49f !important; color: #031610 !important }
  }` as Html

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A template of HTML: what is put into it is escaped, unless it is HTML already. */
export function markup(parts: TemplateStringsArray, ...values: (string | Html[])[]): Html {
  const fill = (value: string | Html[]) => (Array.isArray(value) ? value.join('') : escapeHtml(value))
  return String.raw({ raw: parts }, ...values.map(fill)) as Html
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

interface Page {
  title: string
  locale: string
  body: Html[]
  /** The last line, which says why it came. */
  why: string
  unsubscribe: string | null
}

export function mailPage({ title, locale, body, why, unsubscribe }: Page): string {
  const end = unsubscribe ? [markup` <a class="quiet" href="${unsubscribe}" style="color:#565d6d">Unsubscribe</a>`] : []
  return markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${[STYLE]}
</style>
</head>
<body class="page" style="${[BODY_STYLE]}">
<div style="max-width:520px;margin:0 auto">
${body}
<p class="quiet" style="margin:0;color:#565d6d;font-size:13px">${why}${end}</p>
</div>
</body>
</html>
`
}

/** The one thing to do, in the green of the web app. */
export function openButton(link: string, words: string): Html {
  const style =
    'display:inline-block;padding:10px 20px;border-radius:8px;background:#007d61;color:#ffffff;text-decoration:none;font-weight:600'
  return markup`<p style="margin:0 0 16px"><a class="open" href="${link}" style="${style}">${words}</a></p>
`
}
