export async function remove(name: string): Promise<void> {
  if (!confirm(`Remove ${name}?`)) return;
//     ^^^^^^^ blocking-call dialog
  await fetch(`/items/${name}`, { method: 'DELETE' });
  window.alert('Removed');
//       ^^^^^ blocking-call dialog
}

export async function load(url: string): Promise<string> {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
//        ^^^^ blocking-call async
  request.send();
  return request.responseText;
}
