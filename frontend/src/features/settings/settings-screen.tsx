import { type ReactNode, useEffect } from 'react'
import { ChannelsSection } from '../channels/channels-section.tsx'
import { AddressForm } from './address-form.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { ImportCalendar } from './import-calendar.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { ReminderSettings } from './reminder-settings.tsx'
import { SignOut } from './sign-out.tsx'
import { ThemeChoice } from './theme-choice.tsx'

export function SettingsScreen() {
  useEffect(() => {
    document.title = 'Settings · Todo Cloud'
  }, [])
  return (
    <div className="max-w-[640px]">
      <h1 className="pt-1 text-[22px] leading-tight font-[680] tracking-[-0.02em] md:text-xl">Settings</h1>
      <Section title="Profile" lead="Days, times and weeks follow these, on every device.">
        <ProfileForm />
      </Section>
      <Section title="Reminders">
        <ReminderSettings />
      </Section>
      <Section id="channels" title="Channels" lead="The ways your reminders reach you. Each of them can be tried out.">
        <ChannelsSection />
      </Section>
      <Section title="Appearance">
        <ThemeChoice />
      </Section>
      <Section
        title="Import a calendar"
        lead="Tasks and events of an .ics file become tasks. The same file twice makes no duplicates."
      >
        <ImportCalendar />
      </Section>
      <Section id="address" title="E-mail address" lead="You sign in with it, and mails go there.">
        <AddressForm />
      </Section>
      <Section title="Password" lead="Changing it signs out every other device.">
        <PasswordForm />
      </Section>
      <Section title="Account">
        <SignOut />
        <DeleteAccount />
      </Section>
    </div>
  )
}

interface SectionProps {
  /** What an address names it by. */
  id?: string
  title: string
  lead?: string
  children: ReactNode
}

function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section id={id} aria-label={title} className="mt-7 scroll-mt-4">
      <h2 className="font-[640]">{title}</h2>
      {lead && <p className="mt-0.5 text-s text-ink-2">{lead}</p>}
      <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-4 rounded-card border border-line bg-surface p-4 sm:p-5">
        {children}
      </div>
    </section>
  )
}
