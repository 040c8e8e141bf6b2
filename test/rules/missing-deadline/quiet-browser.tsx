export async function Avatar(id: string): Promise<string> {
  const response = await fetch(`https://shop.example/avatars/${id}`);
  return response.url;
}
