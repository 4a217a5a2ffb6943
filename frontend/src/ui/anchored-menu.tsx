import Check from 'lucide-react/icons/check'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { overlayClass, sheetClass, useAnchored } from './anchored-popover.tsx'
import { classNames } from './class-names.ts'
import { Kbd } from './kbd.tsx'

export type MenuEntry =
  | {
      label: string
      icon?: ReactNode
      shortcut?: string
      isDanger?: boolean
      isDisabled?: boolean
      /** Makes it a choice with a tick; undefined: a plain command. */
      isChecked?: boolean
      /** One of several that may be on: the menu stays for the next one. */
      staysOpen?: boolean
      onSelect: () => void
    }
  /** A line, named by what comes after it. */
  | { separator: string }
  | { heading: string }

export interface AnchoredMenuProps {
  anchor: HTMLElement
  label: string
  entries: readonly MenuEntry[]
  onClose: () => void
}

/**
 * A menu that hangs on any element, a sheet from the bottom edge on a phone. Radix wants a trigger of its own: it gets an invisible one over the anchor, in the
 * body, since within a transformed parent it would stand elsewhere.
 */
export function AnchoredMenu({ anchor, label, entries, onClose }: AnchoredMenuProps) {
  const giveBack = useAnchored(anchor)
  const { left, top, width, height } = anchor.getBoundingClientRect()
  return (
    <DropdownMenu.Root open onOpenChange={(open) => !open && onClose()}>
      {createPortal(
        <DropdownMenu.Trigger asChild>
          <span aria-hidden className="pointer-events-none fixed" style={{ left, top, width, height }} tabIndex={-1} />
        </DropdownMenu.Trigger>,
        document.body,
      )}
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          aria-labelledby={undefined}
          data-sheet
          align="start"
          sideOffset={6}
          collisionPadding={8}
          loop
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (document.activeElement === document.body) giveBack()
          }}
          className={classNames(
            overlayClass,
            'max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto overscroll-contain p-1',
            sheetClass,
            'max-sm:p-2',
          )}
        >
          {entries.map((entry) => (
            <MenuLine key={keyOf(entry)} entry={entry} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function keyOf(entry: MenuEntry): string {
  if ('separator' in entry) return `before ${entry.separator}`
  return 'heading' in entry ? `heading ${entry.heading}` : entry.label
}

const lineClass =
  'flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control px-2 py-1 text-s outline-none select-none data-[disabled]:opacity-45 data-[highlighted]:bg-hover pointer-coarse:min-h-10'

function MenuLine({ entry }: { entry: MenuEntry }) {
  if ('separator' in entry) return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />
  if ('heading' in entry) {
    return (
      <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-xs font-semibold text-ink-3">
        {entry.heading}
      </DropdownMenu.Label>
    )
  }
  const content = (
    <>
      {entry.icon && <span className="text-ink-3 [&_svg]:size-4">{entry.icon}</span>}
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{entry.label}</span>
      {entry.isChecked && <Check size={15} className="text-accent-ink" />}
      {entry.shortcut && (
        <span className="hidden mouse:block">
          <Kbd>{entry.shortcut}</Kbd>
        </span>
      )}
    </>
  )
  const className = classNames(lineClass, entry.isDanger && 'text-high-ink data-[highlighted]:bg-high-soft')
  if (entry.isChecked === undefined) {
    return (
      <DropdownMenu.Item disabled={entry.isDisabled ?? false} onSelect={entry.onSelect} className={className}>
        {content}
      </DropdownMenu.Item>
    )
  }
  return (
    <DropdownMenu.CheckboxItem
      checked={entry.isChecked}
      onSelect={(event) => {
        if (entry.staysOpen) event.preventDefault()
        entry.onSelect()
      }}
      className={className}
    >
      {content}
    </DropdownMenu.CheckboxItem>
  )
}
