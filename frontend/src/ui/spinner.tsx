import LoaderCircle from 'lucide-react/icons/loader-circle'

export function Spinner({ label }: { label: string }) {
  return <LoaderCircle role="status" aria-label={label} size={18} className="animate-spin text-ink-3" />
}
