import { isAside } from '../../facts/cancellation/signal-work.ts';
import { isPrivateField } from '../../facts/lifetime/timers.ts';
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectBindingPattern,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
  type Node,
  type PropertyDeclaration,
  type VariableDeclaration,
  wrapped,
} from '../../typescript/ast.ts';
import { namesIn, referencesTo } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  unreached: {
    text: 'Nobody can abort `{controller}`: nothing calls its `abort`',
    why: 'The work is given a signal, and looks as if it could be stopped. The controller does not leave this scope, and nothing in it aborts.',
    help: 'Call `{controller}.abort()` where the work is to stop, hand the controller out, or leave the signal away.',
  },
  unheard: {
    text: 'Nobody listens to `{controller}`: its signal goes nowhere',
    why: '`abort` is called, and no work was ever given the signal: nothing stops.',
    help: 'Pass `{controller}.signal` to the work, or take the controller away.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

export const unreachedAbort = defineRule({
  id: 'unreached-abort',
  family: 'cancellation',
  principle: 4,
  summary: 'A controller that nobody can abort, or whose signal nobody has',
  preset: 'preview',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    VariableDeclaration(declaration, ctx) {
      if (!isAside(ctx.file) && makesController(declaration)) check(declaration, ctx);
    },
    NewExpression(made, ctx) {
      const { parent } = wrapped(made);
      if (!isPropertyAccessExpression(parent) || parent.name.text !== 'signal' || isAside(ctx.file)) return;
      if (!isIdentifier(made.expression) || made.expression.text !== 'AbortController') return;
      // Behind `??` it stands in for a signal that is not there.
      const holder = wrapped(parent).parent;
      if (isPropertyAssignment(holder) || isCallExpression(holder) || isVariableDeclaration(holder))
        ctx.report('unreached', made, { data: { controller: 'new AbortController()' } });
    },
    PropertyDeclaration(field, ctx) {
      if (!isAside(ctx.file) && makesController(field)) checkField(field, ctx);
    },
  },
});

function makesController({ initializer }: { readonly initializer?: Node | undefined }): boolean {
  if (!initializer || !isNewExpression(initializer)) return false;
  return isIdentifier(initializer.expression) && initializer.expression.text === 'AbortController';
}

/** A private field: all that is done with it stands in this file. */
function checkField({ name }: PropertyDeclaration, ctx: Context): void {
  if ((!isIdentifier(name) && !isPrivateIdentifier(name)) || !isPrivateField(name)) return;
  const uses = namesIn(ctx.file.sourceFile, name.text).filter((use) => use !== name);
  const members = uses.map((use) => {
    const { parent } = wrapped(use.parent);
    return isPropertyAccessExpression(use.parent) && isPropertyAccessExpression(parent) ? parent.name.text : undefined;
  });
  // Read whole, or set anew: somebody may abort what is there then.
  if (uses.length === 0 || members.some((member) => member !== 'signal' && member !== 'abort')) return;
  const data = { controller: name.text };
  if (!members.includes('abort')) ctx.report('unreached', name, { data });
  else if (!members.includes('signal')) ctx.report('unheard', name, { data });
}

function check(declaration: VariableDeclaration, ctx: Context): void {
  const { name } = declaration;
  // `const { signal } = new AbortController()`: nobody ever has the controller.
  if (isObjectBindingPattern(name)) {
    const [only, another] = name.elements;
    const isSignal = only && !another && (only.propertyName ?? only.name)?.getText() === 'signal';
    if (isSignal && only.name) ctx.report('unreached', only.name, { data: { controller: 'new AbortController()' } });
    return;
  }
  if (!isIdentifier(name) || isVariableDeclaration(declaration.parent) || isExportedDeclaration(declaration)) return;
  const uses = referencesTo(name);
  const members = uses.map((use) => {
    const { parent } = wrapped(use);
    return isPropertyAccessExpression(parent) ? parent.name.text : undefined;
  });
  if (uses.length === 0 || members.some((member) => member !== 'signal' && member !== 'abort')) return;
  if (!members.includes('abort')) ctx.report('unreached', name, { data: { controller: name.text } });
  else if (!members.includes('signal')) ctx.report('unheard', name, { data: { controller: name.text } });
}

function isExportedDeclaration(declaration: VariableDeclaration): boolean {
  return /^export\b/.test(declaration.parent.parent.getText());
}
