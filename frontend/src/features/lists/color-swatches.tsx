import type { ListColor } from '@todo/model/list'
import { COLORS, colorStyle } from '../tags/tag-color.ts'

/** The colours as a group of radio buttons; their names are read out. */
export function ColorSwatches({ value, onChange }: { value: ListColor; onChange: (color: ListColor) => void }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-s font-medium">Colour</legend>
      <div className="grid grid-cols-9 justify-items-center gap-1 sm:flex">
        {COLORS.map((color) => (
          <label
            key={color}
            className="grid h-10 w-full cursor-pointer sm:size-9 place-items-center rounded-full has-checked:bg-hover"
            title={color}
          >
            <input
              type="radio"
              name="color"
              value={color}
              checked={color === value}
              onChange={() => onChange(color)}
              aria-label={color}
              className="peer sr-only"
            />
            <span
              aria-hidden
              style={colorStyle(color)}
              className="size-5 rounded-full dot outline-offset-2 peer-checked:outline-2 peer-checked:outline-ink-2 peer-focus-visible:outline-2 peer-focus-visible:outline-focus"
            />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
