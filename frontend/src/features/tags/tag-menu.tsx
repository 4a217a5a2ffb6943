import Ellipsis from 'lucide-react/icons/ellipsis'
import { useDialogs } from '../../app/dialogs.tsx'
import { IconButton } from '../../ui/icon-button.tsx'

export function TagMenu({ name }: { name: string }) {
  const { open } = useDialogs()
  return (
    <IconButton
      label={`Rename or recolour tag ${name}`}
      tip="Rename or recolour"
      tipSide="end"
      aria-haspopup="dialog"
      onClick={() => open({ kind: 'tag', name })}
      className="!size-7 !rounded-control pointer-coarse:!size-9"
    >
      <Ellipsis size={16} />
    </IconButton>
  )
}
