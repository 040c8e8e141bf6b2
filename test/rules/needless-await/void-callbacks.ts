// @options {"checkVoidCallbacks": true}
interface Hooks {
  onStart(): void;
}

export async function strictly(hooks: Hooks, callback?: () => void): Promise<void> {
  await hooks.onStart();
//^^^^^ needless-await plainValue
  await callback?.();
//^^^^^ needless-await plainValue
}
