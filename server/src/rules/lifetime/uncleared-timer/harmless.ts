/** Timers that nobody needs to clear: where they stand, and what they touch. */
import type { TimerCall } from '../../../facts/lifetime/timers.ts';
import {
  type CallExpression,
  enclosingFunction,
  isCallExpression,
  lastName,
  type Node,
} from '../../../typescript/ast.ts';

/** Whether others may import a file: it exports something. */
export function isImported(text: string): boolean {
  return /^\s*(?:export\b|module\.exports|exports\.)/m.test(text);
}

/** A page has no process to keep, and who ends the process by itself is not kept by an interval. */
export function isOfPageOrProgram(text: string): boolean {
  const isPage = /\bfrom ['"](?:react|preact|vue|svelte|solid-js|@angular\/core)\b|\b(?:document|window)\./.test(text);
  return isPage || /\bprocess\.(?:exit\(|on(?:ce)?\(\s*['"](?:SIG|disconnect))/.test(text);
}

/** What is looked at once more as soon as the page has settled, and sets no state: clearing it would leave that out. */
export function isSettling({ call, delay }: TimerCall): boolean {
  if (delay === undefined || delay > longestSettling) return false;
  let sets = false;
  const look = (node: Node): void => {
    sets ||= isCallExpression(node) && /^set[A-Z]/.test(lastName(node.expression) ?? '');
    node.forEachChild(look);
  };
  for (const argument of call.arguments) look(argument);
  return !sets;
}

/** Whether a callback moves the page or the cursor and sets no state: on what is gone, that does nothing. */
export function isMoving(call: CallExpression): boolean {
  let moves = false;
  let works = false;
  const look = (node: Node): void => {
    const name = isCallExpression(node) && node !== call ? lastName(node.expression) : undefined;
    if (name !== undefined) {
      moves ||= moving.test(name);
      works ||= /^(?:set[A-Z]|on[A-Z]|dispatch|update|refresh)/.test(name) && !/^setFocus$/.test(name);
    }
    node.forEachChild(look);
  };
  for (const argument of call.arguments) look(argument);
  return moves && !works;
}

const moving = /^(?:scroll(?:IntoView|To|By|Into\w*)?|(?:set)?[fF]ocus|blur|select|click|setSelectionRange)$/;

/** Milliseconds in which a layout settles. */
const longestSettling = 100;

/** A function that calls `process.exit` is the program itself. */
export function endsProgram(call: CallExpression): boolean {
  return enclosingFunction(call)?.body?.getText().includes('process.exit(') ?? false;
}
