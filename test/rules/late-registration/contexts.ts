import { onMount } from 'svelte';
import { onMounted, watch } from 'vue';
import { load, log } from './lib.ts';

export const component = {
  async setup(): Promise<{ text: string }> {
    const text = await load();
    onMounted(() => log('mounted'));
//  ^^^^^^^^^ late-registration context
//  related contexts.ts:7 "waits here"
    watch(() => text, () => log(text));
//  ^^^^^ late-registration context
//  related contexts.ts:7 "waits here"
    return { text };
  },
};

export async function useText(): Promise<string> {
  const text = await load();
  onMount(() => log(text));
//^^^^^^^ late-registration context
// related contexts.ts:19 "waits here"
  return text;
}
