import type { DigestContent, DigestPart } from './digest-mail.ts'
import { mailPage, markup, openButton } from './mail-page.ts'
import type { Html } from './mail-page.ts'

export function digestHtml({ day, parts, link, locale, why, unsubscribe }: DigestContent): string {
  const heading = markup`<h1 style="margin:0 0 24px;font-size:22px;line-height:1.3">${day}</h1>\n`
  const body = [heading, ...parts.map(partHtml), openButton(link, 'Open your day')]
  return mailPage({ title: day, locale, body, why, unsubscribe })
}

function partHtml({ heading, isLate, tasks, more }: DigestPart): Html {
  const [kind, colour] = isLate ? ['late', '#b3261e'] : ['page', '#1b1e26']
  const rest = more > 0 ? [markup`<li class="quiet" style="color:#565d6d">and ${String(more)} more</li>\n`] : []
  return markup`<h2 class="${kind}" style="margin:0 0 8px;font-size:16px;color:${colour}">${heading}</h2>
<ul style="margin:0 0 24px;padding:0 0 0 20px">
${[...tasks.map(taskHtml), ...rest]}</ul>
`
}

function taskHtml({ title, when, link }: DigestPart['tasks'][number]): Html {
  const due = when ? [markup` <span class="quiet" style="color:#565d6d">${when}</span>`] : []
  const opens = markup`<a class="page" dir="auto" href="${link}" style="color:#1b1e26">${title}</a>`
  return markup`<li style="margin:0 0 4px;overflow-wrap:anywhere">${[opens, ...due]}</li>\n`
}
