import type { AsyncEntry } from '../../facts/blocking/async-entry.ts';
import { blocksOnPurpose, isInTest } from '../../facts/blocking/blocking-places.ts';
import { constantValue } from '../../facts/definitions.ts';
import { functionName, isExported } from '../../facts/uses.ts';
import {
  type CallExpression,
  calleeName,
  type FunctionNode,
  hasModifier,
  isAwaitExpression,
  isCallExpression,
  isForOfStatement,
  isFunctionNode,
  isIdentifier,
  isMethodDeclaration,
  isNoSubstitutionTemplateLiteral,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isStringLiteral,
  isTemplateExpression,
  isVariableDeclaration,
  isWithin,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { nameOf } from '../../typescript/promise-syntax.ts';
import { namesIn } from '../../typescript/references.ts';
import { defineRule, type RuleContext } from '../define.ts';
import { type DataLoop, dataLoopsAround, isUninterrupted, rootName } from './heavy-computation/data-loops.ts';

export const heavyComputation = defineRule({
  id: 'heavy-computation',
  family: 'blocking',
  principle: 2,
  summary: 'Synchronous work that grows with its input holds the event loop while others wait',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages: {
    parsed: {
      text: '`{call}` works through all of {file} at once',
      why: 'The file is read asynchronously, and then parsed in one go. However large it is, no request, timer or callback runs meanwhile.',
      help: 'Parse large files with a streaming parser or in a worker thread, or refuse files above a size.',
    },
    digested: {
      text: '`{call}` works through all of {file} at once',
      why: 'The file is held in memory as a whole and digested in one go. However large it is, no request, timer or callback runs meanwhile.',
      help: 'Pipe a read stream into it: `pipeline(createReadStream(path), hash)`.',
    },
    nested: {
      text: '`{call}` runs in nested loops over {data}, which a request decides',
      why: 'The work grows with the product of the lengths, and whoever sends the request chooses them. Until it is done, all other requests wait.',
      help: 'Do it once outside of the loops, limit the lengths, or move the work to a worker thread.',
    },
  },
  on: {
    CallExpression(call, ctx) {
      const name = lastName(call.expression) ?? '';
      const { computations } = ctx.knowledge;
      const onFile = (['parsing', 'digesting'] as const).find((kind) => computations.mayBe(kind, name));
      const loops = computations.mayBe('wholeValue', name) ? dataLoopsAround(call) : [];
      if ((!onFile && loops.length < 2) || blocksOnPurpose(ctx.file.sourceFile) || isInTest(call)) return undefined;
      return check(call, onFile, loops, ctx);
    },
  },
});

type Context = RuleContext<'parsed' | 'digested' | 'nested'>;

async function check(
  call: CallExpression,
  onFile: 'parsing' | 'digesting' | undefined,
  loops: readonly DataLoop[],
  ctx: Context,
): Promise<void> {
  if (loops.length > 1 && (await checkNested(call, loops, ctx))) return;
  if (onFile) await checkFile(call, onFile, ctx);
}

/** `JSON.parse(await readFile(path))`, where nothing in the code says which file it is. */
async function checkFile(call: CallExpression, kind: 'parsing' | 'digesting', ctx: Context): Promise<void> {
  // The one-shot `hash` of `node:crypto` takes the algorithm first.
  const given = call.arguments[lastName(call.expression) === 'hash' ? 1 : 0];
  const read = given && (await readingOf(given, ctx));
  const path = read?.arguments[0];
  if (!path || (await namesAFile(path, ctx))) return;
  const { computations } = ctx.knowledge;
  if (!computations.is(kind, await ctx.types.origins(call.expression))) return;
  const entry = await ctx.facts.entryAt(call);
  if (!entry) return ctx.silent(call, 'nobody waits while this runs');
  // What the program has parsed for itself is mostly a small file of its own; any file can be digested.
  const isOwn = kind === 'parsing' && entry.how !== 'handler' && (await isUsed(entry.fn, ctx));
  if (isOwn || !(await isChosenByOthers(path, entry, ctx)))
    return ctx.silent(call, 'the file is one of the program itself');
  const at = unwrap(path);
  ctx.report(kind === 'parsing' ? 'parsed' : 'digested', calleeName(call), {
    data: { call: nameOf(call.expression), file: isIdentifier(at) ? `the file \`${at.text}\`` : 'a file' },
  });
}

/** Whether somebody else says which file it is: whoever sends a request, or whoever calls an exported function. */
async function isChosenByOthers(path: Node, entry: AsyncEntry, ctx: Context, depth = 0): Promise<boolean> {
  if (entry.how !== 'handler' && !isExported(entry.fn) && !isPublicMethod(entry.fn)) return false;
  const declarations = await Promise.all(namesOfValue(path).map((name) => ctx.types.declarationsOf(name)));
  for (const declaration of declarations.flat()) {
    if (entry.fn.parameters.some((parameter) => isWithin(declaration, parameter))) return true;
    if (entry.how === 'handler' && isWithin(declaration, entry.fn)) return true;
    const made = isVariableDeclaration(declaration) && isWithin(declaration, entry.fn) && declaration.initializer;
    if (made && depth < deepest && (await isChosenByOthers(made, entry, ctx, depth + 1))) return true;
  }
  return false;
}

/** Whether the project itself uses a function that others may call as well. */
async function isUsed(fn: FunctionNode, { types }: Context): Promise<boolean> {
  const name = functionName(fn);
  if (!name) return true;
  const own = namesIn(fn.getSourceFile(), name.text).filter((use) => use !== name);
  return own.length > 0 || (await types.referencesElsewhere(name)).length > 0;
}

function isPublicMethod(fn: FunctionNode): boolean {
  return (
    isMethodDeclaration(fn) &&
    fn.name.kind !== SyntaxKind.PrivateIdentifier &&
    !hasModifier(fn, SyntaxKind.PrivateKeyword)
  );
}

/** The names that an expression's value is made of, without those of the functions that make it. */
function namesOfValue(value: Node): readonly Node[] {
  const names: Node[] = [];
  const look = (node: Node): void => {
    const at = unwrap(node);
    if (isIdentifier(at)) names.push(at);
    else if (isPropertyAccessExpression(at)) look(at.expression);
    else if (isCallExpression(at)) for (const given of at.arguments) look(given);
    else at.forEachChild(look);
  };
  look(value);
  return names;
}

/** The call that read the whole file which a value is: in place, or by a constant. */
async function readingOf(value: Node, ctx: Context): Promise<CallExpression | undefined> {
  const at = unwrap(value);
  if (isAwaitExpression(at)) return readingOf(at.expression, ctx);
  if (isIdentifier(at)) {
    const constant = await constantValue(at, ctx.types);
    return constant && readingOf(constant, ctx);
  }
  if (!isCallExpression(at)) return undefined;
  const callee = unwrap(at.expression);
  if (isPropertyAccessExpression(callee) && /^(?:toString|trim)$/.test(callee.name.text))
    return readingOf(callee.expression, ctx);
  const { computations } = ctx.knowledge;
  if (!computations.mayBe('reading', lastName(callee) ?? '')) return undefined;
  return computations.is('reading', await ctx.types.origins(callee)) ? at : undefined;
}

/** Whether the code says which file it is: `package.json` is no larger than its author made it. */
async function namesAFile(path: Node, ctx: Context, depth = 0): Promise<boolean> {
  const at = unwrap(path);
  if (isStringLiteral(at) || isNoSubstitutionTemplateLiteral(at)) return true;
  if (isTemplateExpression(at)) {
    const last = at.templateSpans.at(-1)?.literal.text ?? '';
    // An extension alone says what kind of file it is, and not which.
    return /\w/.test(last) && !/^\.\w+$/.test(last);
  }
  if (isIdentifier(at)) {
    const constant = depth < 3 ? await constantValue(at, ctx.types) : undefined;
    return constant !== undefined && namesAFile(constant, ctx, depth + 1);
  }
  if (isCallExpression(at)) {
    const last = at.arguments.at(-1);
    return last !== undefined && namesAFile(last, ctx, depth + 1);
  }
  // `new URL('./data.json', import.meta.url)`, and sums that end in a literal.
  return /['"`][^'"`]*\.\w+['"`]/.test(at.getText());
}

/** `for (const a of body.as) for (const b of body.bs) JSON.stringify(…)` in a handler. */
async function checkNested(call: CallExpression, loops: readonly DataLoop[], ctx: Context): Promise<boolean> {
  const outer = loops.at(-1);
  if (!outer || !loops.every((loop) => isUninterrupted(loop.node))) return false;
  const entry = await ctx.facts.entryAt(call);
  if (entry?.how !== 'handler') return false;
  const fromRequest = await Promise.all(loops.slice(-2).map((loop) => comesFrom(loop.data, entry.fn, ctx)));
  if (!fromRequest.every(Boolean)) return false;
  if (!ctx.knowledge.computations.is('wholeValue', await ctx.types.origins(call.expression))) return false;
  ctx.report('nested', calleeName(call), {
    data: { call: nameOf(call.expression), data: `\`${nameOf(outer.data)}\`` },
  });
  return true;
}

/** Whether a list is a part of what a handler is given, of what is made of that, or of a list that it goes through. */
async function comesFrom(data: Node, handler: FunctionNode, ctx: Context, depth = 0): Promise<boolean> {
  const name = rootName(data);
  if (!name || depth > deepest) return false;
  const [declaration] = await ctx.types.declarationsOf(name);
  const source = declaration && sourceOf(declaration, handler);
  if (source === 'handler') return true;
  const sources = await Promise.all((source ?? []).map((from) => comesFrom(from, handler, ctx, depth + 1)));
  return sources.includes(true);
}

const deepest = 4;

/** What a name takes its value from: the handler's own parameter, or expressions that it is made of. */
function sourceOf(declaration: Node, handler: FunctionNode): 'handler' | readonly Node[] | undefined {
  for (let at: Node | undefined = declaration; at && at !== handler; at = at.parent) {
    if (at.parent === handler && handler.parameters.some((parameter) => parameter === at)) return 'handler';
    const parent: Node | undefined = at.parent;
    if (parent && isForOfStatement(parent) && parent.initializer === at) return [parent.expression];
    // The elements of a list that a callback goes through.
    if (isParameterDeclaration(at) && parent && isFunctionNode(parent)) {
      const call = wrapped(parent).parent;
      return isCallExpression(call) ? [call.expression] : undefined;
    }
    if (!isVariableDeclaration(at) || !at.initializer) continue;
    const value = unwrap(at.initializer);
    const made = isAwaitExpression(value) ? unwrap(value.expression) : value;
    return isCallExpression(made) ? [made.expression, ...made.arguments] : [made];
  }
  return undefined;
}
