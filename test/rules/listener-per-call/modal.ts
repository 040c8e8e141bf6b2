export function openModal(text: string): void {
  const modal = document.createElement('dialog');
  modal.textContent = text;
  document.addEventListener('keydown', (event) => {
//         ^^^^^^^^^^^^^^^^ listener-per-call perCall
    if (event.key === 'Escape') modal.remove();
  });
  document.body.append(modal);
}
