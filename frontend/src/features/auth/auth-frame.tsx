import type { ReactNode } from 'react'

/** The page of sign in and sign up. */
export function AuthFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    // From the top, so that nothing moves when a problem is told or a keyboard comes up.
    <main className="grid min-h-dvh content-start justify-items-center px-4 pt-[clamp(40px,17vh,200px)] pb-10">
      <div className="w-full max-w-[400px]">
        <div className="mb-6 flex items-center gap-2.5 font-semibold">
          <img src="/icon.svg" alt="" width={30} height={30} />
          Todo Cloud
        </div>
        <h1 className="text-xl font-[680] tracking-[-0.02em]">{title}</h1>
        <p className="mt-1 mb-6 text-s text-pretty text-ink-2">{lead}</p>
        {children}
      </div>
    </main>
  )
}
