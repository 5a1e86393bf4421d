/** Files imported as text by the bundler. */
declare module '*.lua?raw' {
  const text: string
  export default text
}
