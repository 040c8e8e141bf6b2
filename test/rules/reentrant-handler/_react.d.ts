declare namespace JSX {
  interface Element {}
  interface IntrinsicElements {
    button: { onClick?: () => unknown; disabled?: boolean; children?: unknown };
    form: { onSubmit?: () => unknown; children?: unknown };
  }
}
