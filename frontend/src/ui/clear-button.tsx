import X from 'lucide-react/icons/x'

/** The cross at the end of a chip that takes it away. */
export function ClearButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-5 shrink-0 place-items-center rounded-full hover:bg-accent hover:text-on-accent pointer-coarse:size-8 thumb-4"
    >
      <X size={13} />
    </button>
  )
}
