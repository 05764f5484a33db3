import { DatePicker } from 'antd'
import { AntdFrame } from './antd-frame.tsx'

/** Ant Design's calendar; it comes with the page that first shows one. */
export function DayPicker(props: {
  id: string
  describedBy: string | undefined
  onChange: (day: string | undefined) => void
}) {
  const { id, describedBy, onChange } = props
  return (
    <AntdFrame>
      <DatePicker
        id={id}
        aria-describedby={describedBy}
        className="day-picker"
        onChange={(_, day) => onChange(typeof day === 'string' && day ? day : undefined)}
      />
    </AntdFrame>
  )
}
