import { Command } from 'cmdk'
import Check from 'lucide-react/icons/check'
import type { ReactNode } from 'react'

interface PickerProps {
  label: string
  placeholder: string
  value?: string
  onValueChange?: (text: string) => void
  empty: string
  children: ReactNode
}

/** A short list that narrows while typing. */
export function Picker({ label, placeholder, value, onValueChange, empty, children }: PickerProps) {
  return (
    <Command label={label} loop className="w-full min-w-60">
      <Command.Input
        {...(value !== undefined && { value })}
        {...(onValueChange && { onValueChange })}
        placeholder={placeholder}
        autoFocus
        dir="auto"
        className="h-10 w-full border-b border-line bg-transparent px-3 text-s outline-none"
      />
      <Command.List aria-label={label} className="max-h-64 overflow-y-auto p-1">
        <Command.Empty className="px-2 py-3 text-s text-ink-2">{empty}</Command.Empty>
        {children}
      </Command.List>
    </Command>
  )
}

interface PickerItemProps {
  value: string
  isChosen?: boolean
  forceMount?: boolean
  onSelect: () => void
  children: ReactNode
}

export function PickerItem({ value, isChosen, forceMount, onSelect, children }: PickerItemProps) {
  return (
    <Command.Item
      value={value}
      forceMount={forceMount ?? false}
      onSelect={onSelect}
      className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control px-2 py-1 text-s data-[selected=true]:bg-hover pointer-coarse:min-h-10"
    >
      <span className="flex min-w-0 flex-1 items-center gap-2.5">{children}</span>
      {isChosen && (
        <>
          <Check size={15} aria-hidden className="shrink-0 text-accent-ink" />
          <span className="sr-only">chosen</span>
        </>
      )}
    </Command.Item>
  )
}
