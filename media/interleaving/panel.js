// The drawing of an interleaving, inside VS Code's webview: moves the focus, and says what is looked at.
(() => {
  const vscode = acquireVsCodeApi();
  const steps = [...document.querySelectorAll('button.step')];
  const spotOf = (button) => Number(button.dataset.spot);

  /** Moves the focus to a step, which becomes the one that the Tab key leads to. */
  const goTo = (index) => {
    const target = steps[Math.min(Math.max(index, 0), steps.length - 1)];
    if (!target) return;
    for (const step of steps) step.tabIndex = step === target ? 0 : -1;
    target.focus();
    target.scrollIntoView({ block: 'nearest' });
  };

  const look = (button) => {
    for (const each of document.querySelectorAll('.current')) each.classList.remove('current');
    if (!button) return vscode.postMessage({ type: 'clear' });
    button.classList.add('current');
    vscode.postMessage({ type: 'highlight', spot: spotOf(button) });
  };

  const buttonOf = (target) => (target instanceof Element ? target.closest('button[data-spot]') : null);

  document.addEventListener('keydown', (event) => {
    const at = steps.indexOf(document.activeElement);
    const moves = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1 };
    const to = { ...moves, Home: 0, End: steps.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    goTo(at < 0 && event.key !== 'End' ? 0 : to);
  });
  document.addEventListener('focusin', (event) => look(buttonOf(event.target)));
  document.addEventListener('focusout', () => look(null));
  document.addEventListener('mouseover', (event) => {
    const button = buttonOf(event.target);
    if (button) look(button);
  });
  document.addEventListener('mouseout', (event) => {
    const button = buttonOf(event.target);
    if (button && !button.contains(event.relatedTarget)) look(buttonOf(document.activeElement));
  });
  document.addEventListener('click', (event) => {
    const button = buttonOf(event.target);
    if (button) vscode.postMessage({ type: 'reveal', spot: spotOf(button) });
  });
  window.addEventListener('message', ({ data }) => {
    if (data?.type === 'outdated') document.querySelector('.outdated').hidden = false;
  });
  vscode.postMessage({ type: 'ready' });
  goTo(0);
})();
