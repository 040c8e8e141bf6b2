import { freesNothing } from '../../facts/lifetime/frees-nothing.ts';
import type { Fix } from '../../model/finding.ts';
import {
  isIdentifier,
  isVariableStatement,
  spanOf,
  type VariableDeclaration,
  type VariableDeclarationList,
} from '../../typescript/ast.ts';
import { isUsing } from '../../typescript/promise-syntax.ts';
import { referencesTo } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { together } from '../together.ts';
import { type Escape, escapeOf } from './escaping-disposable/escapes.ts';

const messages = {
  returned: {
    text: '`{name}` is disposed before the caller gets it',
    why: 'A `using` declaration ends with its block, and the `return` ends the block: the caller gets something that is closed already.',
    help: 'Declare it with `const`, so that the caller disposes of it, or return what was read from it.',
  },
  stored: {
    text: '`{name}` is disposed at the end of this block, and stays in {holder}',
    why: 'A `using` declaration ends with its block. Whoever takes it from there later gets something that is closed already.',
    help: 'Declare it with `const`, and dispose of it where its holder ends.',
  },
  later: {
    text: '`{name}` is disposed before this runs: nobody waits for it',
    why: 'A `using` declaration ends with its block, which does not wait for a timer, a dropped promise or a function that is returned.',
    help: 'Wait for the work inside of the block, or let the work dispose of it.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** Invariant: a promise that is returned without `await` from such a block is `unawaited-return`'s. */
export const escapingDisposable = defineRule({
  id: 'escaping-disposable',
  family: 'lifetime',
  principle: 6,
  summary: 'What `using` disposes of at the end of its block is used behind it',
  preset: 'recommended',
  severity: 'error',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    VariableDeclarationList(list, ctx) {
      return isUsing(list)
        ? together(list.declarations.map((declaration) => check(declaration, list, ctx)))
        : undefined;
    },
  },
});

async function check({ name }: VariableDeclaration, list: VariableDeclarationList, ctx: Context): Promise<void> {
  if (!isIdentifier(name)) return;
  const uses = referencesTo(name);
  const { isTaking } = ctx.knowledge.resources;
  const found = uses.map((use) => escapeOf(use, name, isTaking)).filter((escape) => escape !== undefined);
  if (found.length === 0) return;
  if (await freesNothing(await ctx.types.typeOf(name), ctx.types))
    return ctx.silent(name, 'what disposes of it releases nothing');
  for (const escape of found) {
    // A test looks at what has been disposed of.
    if (escape.kind === 'stored' && isTest(ctx)) continue;
    ctx.report(escape.kind, escape.use, {
      data: { name: name.text, holder: `\`${escape.holder ?? ''}\`` },
      related: [{ file: ctx.file.path, span: spanOf(name), message: 'disposed at the end of its block' }],
      ...(escape.isOfCaller && { severity: 'warning' }),
      fixes: () => [found.length === 1 ? leftToCaller(escape, list, ctx) : undefined],
    });
  }
}

function isTest({ file }: Context): boolean {
  return file.isTest || /[._-]test\.[cm]?[jt]sx?$/.test(file.path);
}

/** `const` instead of `using`: who gets it has to dispose of it. */
function leftToCaller(escape: Escape, list: VariableDeclarationList, ctx: Context): Fix | undefined {
  if (escape.kind === 'later' || list.declarations.length !== 1 || !isVariableStatement(list.parent)) return undefined;
  const start = list.getStart();
  const keyword = /^(?:await\s+)?using/.exec(list.getText())?.[0];
  if (!keyword) return undefined;
  const title = escape.kind === 'returned' ? 'Leave it to the caller' : 'Leave it to its holder';
  return ctx.fix.choice(title, ctx.fix.replace({ start, end: start + keyword.length }, 'const'));
}
