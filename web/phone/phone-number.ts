/** `100 0316 2047`: an 11-digit number as people read it out; any other stays as it is. */
export function spoken(phone: string): string {
  return /^\d{11}$/.test(phone) ? `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}` : phone
}

/** Keeps the digits of whatever was typed or pasted, with or without the country code. */
export function digits(typed: string): string {
  const all = typed.replace(/\D/g, '')
  return all.length > 11 && all.startsWith('86') ? all.slice(2, 13) : all.slice(0, 11)
}

/** The contract's rule for a mobile number. */
export function isPhone(phone: string): boolean {
  return /^1\d{10}$/.test(phone)
}
