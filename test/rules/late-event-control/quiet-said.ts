declare function save(text: string): Promise<void>;

// Who comes to the wait has said it before.
export async function onPaste(event: ClipboardEvent | null, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    if (text !== '') {
      if (event) event.preventDefault();
      await save(text);
    }
  }
}

document.addEventListener('paste', (event) => void onPaste(event, ['a']));
