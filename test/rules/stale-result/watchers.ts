// @options {"fields": true}
import { type Ref, ref, watch } from 'vue';

export function useUser(id: Ref<string>) {
  const user = ref<unknown>();
  watch(id, async (value) => {
    const response = await fetch(`/users/${value}`);
    user.value = await response.json();
//       ^^^^^ stale-result effect
//       related watchers.ts:7 "this may take any time"
//       related watchers.ts:6 "it runs again when this changes"
  });
  return user;
}

/** Whoever asks for the third parameter cleans up. */
export function useTeam(id: Ref<string>) {
  const team = ref<unknown>();
  watch(id, async (value, _before, onCleanup) => {
    let isCurrent = true;
    onCleanup(() => {
      isCurrent = false;
    });
    const response = await fetch(`/teams/${value}`);
    const body = await response.json();
    if (isCurrent) team.value = body;
  });
  return team;
}

/** What a field leads to is shown as well, and an answer is asked for where the request is sent. */
export class Preview {
  readonly #panel: { readonly view: { html: string } };

  constructor(panel: { readonly view: { html: string } }) {
    this.#panel = panel;
    addEventListener('input', (event) => void this.update(String(event.target)).catch(console.error));
  }

  async update(name: string): Promise<void> {
    const response = await fetch(`/pages/${name}`);
    this.#panel.view.html = await response.text();
//                   ^^^^ stale-result field
//                   related watchers.ts:41 "this may take any time"
  }
}
