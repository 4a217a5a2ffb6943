import { type ReactNode, useEffect, useRef } from 'react'

interface AuthFrameProps {
  /** What the page is about, also on its tab. */
  title: string
  lead: string
  children: ReactNode
}

/** The page of sign in and sign up, and of the links in mails. */
export function AuthFrame({ title, lead, children }: AuthFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const firstTitle = useRef(title)
  useEffect(() => {
    document.title = `${title} · Todo Cloud`
    // What was in use is gone, and what came of it is to be read.
    if (title !== firstTitle.current) heading.current?.focus()
  }, [title])
  return (
    // From the top, so that nothing moves when a problem is told or a keyboard comes up.
    <main className="grid min-h-dvh content-start justify-items-center px-4 pt-[clamp(40px,17vh,200px)] pb-10">
      <div className="w-full max-w-[400px]">
        <div className="mb-6 flex items-center gap-2.5 font-semibold">
          <img src="/icon.svg" alt="" width={30} height={30} />
          Todo Cloud
        </div>
        <h1 ref={heading} tabIndex={-1} className="text-xl font-[680] tracking-[-0.02em] outline-none">
          {title}
        </h1>
        <p className="mt-1 mb-6 text-s text-pretty [overflow-wrap:anywhere] text-ink-2">{lead}</p>
        {children}
      </div>
    </main>
  )
}
