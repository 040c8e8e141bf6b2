import type { FixBuilder } from '../../../engine/fix-builder.ts';
import { isTestFunction } from '../../../knowledge/mixed-styles.ts';
import type { TextEdit } from '../../../model/finding.ts';
import {
  type CallExpression,
  type FunctionNode,
  isAsyncFunction,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  type Node,
  type ParameterDeclaration,
  unwrap,
} from '../../../typescript/ast.ts';
import { declarationName } from '../../../typescript/lexical-scopes.ts';
import { identifiersIn } from '../../../typescript/references.ts';
import type { RuleContext } from '../../define.ts';

/** An async test that is given a callback too. */
export interface Done {
  readonly fn: FunctionNode;
  readonly parameter: ParameterDeclaration;
  readonly uses: readonly Node[];
  /** Whether the parameter is a function, as far as types tell. A test's context is none. */
  isGiven(ctx: RuleContext): Promise<boolean>;
}

/** `it('…', async (done) => …)`, hooks, `it.only` and the like; `node:test` gives the callback second. */
export function doneParameter(call: CallExpression): Done | undefined {
  const callee = unwrap(call.expression);
  const base = isPropertyAccessExpression(callee) ? unwrap(callee.expression) : callee;
  // The arguments of `it.each` are the rows of a table.
  if (!isIdentifier(base) || !isTestFunction(base.text)) return undefined;
  const fn = call.arguments.map((argument) => unwrap(argument)).findLast(isFunctionNode);
  if (!fn || !isAsyncFunction(fn)) return undefined;
  const parameter = fn.parameters.at(-1);
  if (!parameter || fn.parameters.length > 2 || parameter.dotDotDotToken || !isIdentifier(parameter.name))
    return undefined;
  const { name } = parameter;
  const uses = identifiersIn(fn.getSourceFile(), name.text).filter(
    (use) => use !== name && declarationName(use) === name,
  );
  const isCalled = uses.some((use) => isCallExpression(use.parent) && use.parent.expression === use);
  if (!isCalled && name.text !== 'done') return undefined;
  return {
    fn,
    parameter,
    uses,
    isGiven: async ({ types }) => {
      const type = await types.typeOf(name);
      const members = await type.unionMembers();
      const answers = await Promise.all(members.map((member) => member.isUnknown || member.isCallable()));
      return answers.includes(true);
    },
  };
}

/** Takes the parameter away, where every use is a statement `done();`. */
export function withoutDone({ fn, parameter, uses }: Done, fix: FixBuilder): readonly TextEdit[] | undefined {
  if (fn.parameters.length !== 1) return undefined;
  const edits: TextEdit[] = [fix.remove(parameter)];
  for (const use of uses) {
    const call = use.parent;
    const isPlain = isCallExpression(call) && call.expression === use && call.arguments.length === 0;
    if (!isPlain || !isExpressionStatement(call.parent)) return undefined;
    edits.push(fix.remove(lineOf(call.parent)));
  }
  return parameter.parent.getText().startsWith('async (') || parameter.parent.getText().startsWith('async function')
    ? edits
    : undefined;
}

/** The statement with the white space before it. */
function lineOf(statement: Node): { readonly start: number; readonly end: number } {
  const { text } = statement.getSourceFile();
  let start = statement.getStart();
  while (/\s/.test(text.charAt(start - 1))) start--;
  return { start, end: statement.end };
}
