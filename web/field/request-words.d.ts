declare module 'virtual:request-words' {
  const words: { state: Record<string, string>; basis: Record<string, string> }
  export default words
}
