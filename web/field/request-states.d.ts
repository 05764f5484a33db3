declare module 'virtual:request-states' {
  const state: Record<string, string>
  export default state
}
