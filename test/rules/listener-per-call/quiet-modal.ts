export function openOnce(text: string): void {
  const modal = document.createElement('dialog');
  modal.textContent = text;
  const close = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    document.removeEventListener('keydown', close);
    modal.remove();
  };
  document.addEventListener('keydown', close);
}
