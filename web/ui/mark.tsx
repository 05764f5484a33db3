/** The sign of Chuanmen: a door that stands open. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
      <rect width="28" height="28" rx="7" fill="var(--zhu)" />
      <path
        d="M7 23V6.8C7 5.8 7.8 5 8.8 5h10.4c1 0 1.8.8 1.8 1.8V23"
        fill="none"
        stroke="var(--on-zhu)"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M10.4 23V8.4l6.4 2.3V25z" fill="var(--on-zhu)" />
      <circle cx="14.9" cy="17.3" r="1" fill="var(--zhu)" />
      <path d="M4.6 23h5.8M19 23h4.4" stroke="var(--on-zhu)" strokeWidth="1.7" strokeLinecap="round" />
    </svg>
  )
}
