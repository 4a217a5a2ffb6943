import Monitor from 'lucide-react/icons/monitor'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import { setTheme, useTheme } from '../../app/theme.ts'
import { Segmented } from '../../ui/segmented.tsx'

export function ThemeChoice() {
  return (
    <Segmented
      label="Theme"
      value={useTheme()}
      options={[
        { value: 'light', label: 'Light', icon: <Sun size={15} aria-hidden /> },
        { value: 'dark', label: 'Dark', icon: <Moon size={15} aria-hidden /> },
        { value: 'system', label: 'System', icon: <Monitor size={15} aria-hidden /> },
      ]}
      onChange={setTheme}
    />
  )
}
