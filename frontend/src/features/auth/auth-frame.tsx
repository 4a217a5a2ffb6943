import type { ReactNode } from 'react'

/** The page of sign in and sign up. */
export function AuthFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
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
