import { namingSpan, shortName } from '../../facts/promises/dropped-name.ts';
import type { Related } from '../../model/finding.ts';
import {
  type ConstructorDeclaration,
  isCallExpression,
  isClassLikeDeclaration,
  isExpressionStatement,
  isFunctionNode,
  isNewExpression,
  isPropertyAccessExpression,
  isVoidExpression,
  type Node,
  SyntaxKind,
  unwrap,
  walkBody,
} from '../../typescript/ast.ts';
import { chainOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  inConstructor: {
    text: 'The constructor of `{class}` starts `{promise}`, and nobody can wait for it',
    why: 'A constructor cannot be awaited. The object is handed out before the work is done, and its failure reaches no caller.',
    help: 'Do the work in a static async factory, or keep the promise in a field that callers can await.',
  },
  field: {
    text: 'The field `{field}` starts `{promise}`, and nobody can wait for it',
    why: 'Fields are set up while the object is made, which cannot be awaited. The object is handed out before the work is done.',
    help: 'Do the work in a static async factory, or keep the promise in a field that callers can await.',
  },
} as const;

type Context = RuleContext<string>;

/**
 * Underlines the first call, and points at the others: one finding for each constructor. Being started here is a problem
 * of its own, whether the promise has a handler or not; where it has none, floating-promise speaks too.
 */
export const asyncConstructor = defineRule({
  id: 'async-constructor',
  family: 'floating',
  principle: 1,
  summary: 'A constructor starts asynchronous work that nobody can wait for',
  preset: 'strict',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['sonarjs/no-async-constructor', 'sonar:S7059'],
  options: {},
  messages,
  on: {
    async Constructor(constructor, ctx) {
      if (!constructor.body) return;
      const [first, ...others] = await startedIn(constructor.body, ctx as Context);
      if (!first) return;
      ctx.report('inConstructor', namingSpan(first), {
        data: { class: className(constructor), promise: shortName(first) },
        related: relatedTo(others, ctx.file.path),
      });
    },
    async PropertyDeclaration(field, ctx) {
      if (!field.initializer || field.modifiers?.some(({ kind }) => kind === SyntaxKind.StaticKeyword)) return;
      const value = unwrap(field.initializer);
      // What is stored as it is can be awaited; `void` and a comma throw the promise away.
      if (!isVoidExpression(value)) return;
      const started = await keepStarted([value.expression], ctx as Context);
      if (!started[0]) return;
      ctx.report('field', namingSpan(started[0]), {
        data: { field: field.name.getText(), promise: shortName(started[0]) },
      });
    },
  },
});

/** The promises that statements of a constructor start and do not keep, with or without a handler. */
function startedIn(body: Node, ctx: Context): Promise<readonly Node[]> {
  const statements: Node[] = [];
  walkBody(body, (node) => {
    if (isFunctionNode(node) || isClassLikeDeclaration(node)) return false;
    if (isExpressionStatement(node)) statements.push(node.expression);
    return true;
  });
  return keepStarted(statements, ctx);
}

async function keepStarted(expressions: readonly Node[], ctx: Context): Promise<readonly Node[]> {
  const answers = await Promise.all(
    expressions.map(async (expression) => {
      const isMarked = isVoidExpression(unwrap(expression));
      const value = unwrap(
        isMarked ? (unwrap(expression) as Node & { readonly expression: Node }).expression : expression,
      );
      if (!isCallExpression(value) || value.expression.kind === SyntaxKind.SuperKeyword) return undefined;
      // `this.ready.catch(…)` handles what is kept, and `given.then(…)` goes on with what others started.
      if (!isStart(chainOf(value).start)) return undefined;
      // Work that was marked or handled and does not touch the object is not part of making it.
      if ((isMarked || isHandled(value)) && !mentionsThis(value)) {
        ctx.silent(value, () => `\`${shortName(value)}\` is handled and does not touch the object that is made`);
        return undefined;
      }
      const { extent, isPromise } = await ctx.types.thenability(value);
      if (extent === 'unknown') return (await ctx.facts.outcomeOf(value)) === 'promise' ? value : undefined;
      return extent !== 'none' && isPromise ? value : undefined;
    }),
  );
  return answers.filter((found) => found !== undefined);
}

function isStart(node: Node): boolean {
  return isCallExpression(node) || isNewExpression(node);
}

function isHandled(call: Node): boolean {
  const callee = isCallExpression(call) ? unwrap(call.expression) : call;
  return isPropertyAccessExpression(callee) && callee.name.text === 'catch';
}

function mentionsThis(node: Node): boolean {
  if (node.kind === SyntaxKind.ThisKeyword) return true;
  let found = false;
  node.forEachChild((child) => {
    found ||= mentionsThis(child);
  });
  return found;
}

function relatedTo(started: readonly Node[], file: string): readonly Related[] {
  return started.map((node) => ({ file, span: namingSpan(node), message: 'started too' }));
}

function className(constructor: ConstructorDeclaration): string {
  const { name } = constructor.parent as { readonly name?: Node };
  return name ? name.getText() : 'this class';
}
