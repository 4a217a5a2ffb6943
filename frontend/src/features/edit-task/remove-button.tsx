import X from 'lucide-react/icons/x'

/** The cross beside a field that empties it. */
export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-9 pointer-coarse:size-10 shrink-0 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
    >
      <X size={15} />
    </button>
  )
}
