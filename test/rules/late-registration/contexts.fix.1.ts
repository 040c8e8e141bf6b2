import { onMount } from 'svelte';
import { onMounted, watch } from 'vue';
import { load, log } from './lib.ts';

export const component = {
  async setup(): Promise<{ text: string }> {
    onMounted(() => log('mounted'));
    const text = await load();
    watch(() => text, () => log(text));
    return { text };
  },
};

export async function useText(): Promise<string> {
  const text = await load();
  onMount(() => log(text));
  return text;
}
